"""What an administrator says of a field. The form draws and carries; each setting reads itself, so that what
is wrong is said beside its control; the kernel judges the whole."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aperto.kernel.access.actor import Actor
from aperto.kernel.errors import FieldError, Message
from aperto.kernel.fields import Field
from aperto.kernel.fields.setting import Setting
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.shape.definitions import PERSONAL
from aperto.web.people.forms import text
from aperto.web.shape.condition_control import wrong_condition
from aperto.web.shape.default_control import DefaultField, can_begin
from aperto.web.shape.options_control import OptionsWidget
from aperto.web.shape.said import in_all_languages
from aperto.web.shape.setting_controls import PREFIX, control

CONDITIONS = ("shown_when", "required_when", "readonly_when")
ADAPTED = (
    "minimum",
    "maximum",
    "digits",
    "longest",
    "pattern",
    "options",
)  # what may be said of a standard field


def flag(label: Any, help: Any = "") -> forms.BooleanField:
    return forms.BooleanField(label=label, help_text=help, required=False)


def condition(label: Any, help: Any) -> forms.CharField:
    return forms.CharField(label=label, help_text=help, required=False, max_length=1_000)


class FieldForm(forms.Form):
    """`kind` is the class; `made` the field as it is now, None while it is made; `plain` the standard
    one that came with the product, None for one of an administrator's own."""

    name = text(_("Name"))
    key = forms.SlugField(
        label=_("Key"), required=False, max_length=40,
        help_text=_("What the API, imports and filters call it. Empty: made from the name. It stays."),
    )  # fmt: skip
    help = forms.CharField(
        label=_("Help"), required=False, max_length=500, help_text=_("A line below the field, as this one."),
        widget=forms.Textarea(attrs={"rows": 2, "data-grow": True}),
    )  # fmt: skip
    placeholder = text(_("Placeholder"), required=False, help_text=_("Grey in the field while it is empty."))
    required = flag(_("Required"), _("A record cannot be saved without it."))
    unique = flag(_("No two records the same"), _("A value that another record has is refused."))
    searchable = flag(_("Found by the search"))
    personal = forms.ChoiceField(
        label=_("Personal data"), required=False,
        choices=[("", _("None")), *((each.key, each.label) for each in PERSONAL)],
    )  # fmt: skip
    shown_when = condition(_("Shown when"), _("Empty: always."))
    required_when = condition(_("Required when"), _("Empty: as ticked above."))
    readonly_when = condition(_("Read-only when"), _("Empty: never."))

    def __init__(
        self,
        *given: Any,
        actor: Actor,
        declaration: ObjectType,
        kind: type[Field],
        made: Field | None,
        plain: Field | None,
        **options: Any,
    ) -> None:
        super().__init__(*given, **options)
        self.actor, self.declaration, self.kind, self.made, self.plain = actor, declaration, kind, made, plain
        self.settings = [each for each in kind.settings if plain is None or each.name in ADAPTED]
        for key in self._unasked():
            del self.fields[key]
        for each in self.settings:
            self.fields[PREFIX + each.name] = control(each)
        if made is not None and can_begin(made):
            self.fields["default"] = DefaultField(made, actor.viewer)
        self._dress()

    def _unasked(self) -> set[str]:
        """General controls that make no sense here."""
        unasked = set() if self.made is None else {"key"}
        if self.plain is not None:
            unasked |= {"unique", "searchable", "personal"}
            unasked |= {"required"} if self.plain.required else set()
        if self.kind.derived:
            unasked |= {"required", "unique", "searchable", "placeholder", "required_when", "readonly_when"}
        if self.kind.match_keys is Field.match_keys:
            unasked.add("unique")
        return unasked

    def _dress(self) -> None:
        address = f"/{self.declaration.key}/complete"
        for when in CONDITIONS:
            if when in self.fields:
                hints = {"data-suggest-url": address, "spellcheck": "false", "autocomplete": "off"}
                self.fields[when].widget.attrs.update(hints)
        if formula := self.fields.get(f"{PREFIX}expression"):
            formulas = reverse("complete_formula", args=[self.declaration.key])
            formula.widget.attrs["data-suggest-url"] = formulas
        for each in self.fields.values():
            if isinstance(each.widget, OptionsWidget):
                each.widget.fixed, each.widget.conditions = self.plain is not None, address
        for code, language in settings.LANGUAGES:
            self.fields[f"label_{code}"] = text(language, required=False)
            self.fields[f"help_{code}"] = forms.CharField(label=language, required=False, max_length=500)

    def languages(self) -> list[tuple[Any, Any, Any]]:
        """A line for each language: its name, and the two controls."""
        return [(name, self[f"label_{code}"], self[f"help_{code}"]) for code, name in settings.LANGUAGES]

    def of_kind(self) -> list[Any]:
        """The controls of what only this kind has."""
        return [self[PREFIX + each.name] for each in self.settings]

    def conditions(self) -> list[Any]:
        return [self[when] for when in CONDITIONS if when in self.fields]

    # -- reading -------------------------------------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        for when in CONDITIONS:
            wrong = wrong_condition(self.actor, self.declaration, given.get(when) or "")
            if wrong:
                self.add_error(when, str(wrong))
        self._read_options(given)
        self.said = self._read_settings(given)
        return given

    def _read_options(self, given: Mapping[str, Any]) -> None:
        for each in given.get(f"{PREFIX}options") or []:
            wrong = wrong_condition(self.actor, self.declaration, each.get("when") or "")
            if wrong:
                self.add_error(f"{PREFIX}options", f"{each['label']}: {wrong}")

    def _read_settings(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """What is kept of the kind's settings, as they were typed; each has read itself."""
        said: dict[str, Any] = {}
        for each in self.settings:
            raw = given.get(PREFIX + each.name)
            if raw in (None, "", []) or self._as_it_came(each, raw):
                if each.required and raw in (None, "", []) and self.plain is None:
                    self.add_error(PREFIX + each.name, str(_("This is needed for this kind of field.")))
                continue
            try:
                each.read(raw)
                said[each.name] = self._spoken(raw) if each.name == "options" else raw
            except FieldError as error:
                self.add_error(PREFIX + each.name, str(error.message))
        if given.get("default") is not None:
            said["default"] = given["default"]
        return said

    def _as_it_came(self, setting: Setting, raw: Any) -> bool:
        return self.plain is not None and str(getattr(self.plain, setting.name, "")) == str(raw)

    def _spoken(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Options that came with the product keep its words in each language, as long as they are its own."""
        choices = getattr(self.plain, "choices", None)
        came = {each.key: in_all_languages(each.label) for each in choices.options} if choices else {}
        told = []
        for row in rows:
            standard = came.get(row["key"], {})
            labels = (standard if row["label"] in standard.values() else {}) | row.get("labels", {})
            told.append({**row, "labels": labels} if labels else row)
        return told

    def values(self) -> dict[str, Any]:
        """The values of the definition."""
        given = self.cleaned_data
        values: dict[str, Any] = {"name": given["name"], "settings": self.said or None}
        values |= {key: given[key] or None for key in ("help", "placeholder", *CONDITIONS) if key in given}
        values |= {key: given[key] for key in ("required", "unique", "searchable") if key in given}
        values |= {"personal": given["personal"] or None} if "personal" in given else {}
        for part, key in (("label", "labels"), ("help", "helps")):
            words = {code: given[f"{part}_{code}"] for code, _language in settings.LANGUAGES}
            values[key] = {code: word for code, word in words.items() if word} or None
        return values


def refusal(errors: Mapping[str, list[Message]], form: FieldForm) -> None:
    """The kernel's messages beside their controls; those about several settings as a whole, above."""
    needed = [PREFIX + each.name for each in form.settings if each.required]
    alone = needed[0] if len(needed) == 1 else ""
    for key, messages in errors.items():
        place = alone if key == "settings" else key
        for message in messages:
            form.add_error(place if place in form.fields else None, str(message))
