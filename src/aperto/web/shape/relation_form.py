"""What an administrator says of a relation: with what, how both sides call it, and how many there may be."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from aperto.kernel.fields.base import text_of
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.kernel.shape.relate import Side
from aperto.web.people.forms import text

MANY, ONE = "many", "one"


def others() -> list[tuple[str, str]]:
    """Whatever a relation can lead to: records of the business that are no links themselves."""
    listed = (each for each in registry if not each.administered and not each.ends and not each.activity)
    return [(each.key, text_of(each.plural)) for each in listed]


class RelationForm(forms.Form):
    other = forms.ChoiceField(label=_("Linked with"), choices=others)
    name = text(_("Name of one link"), help_text=_("Such as “Adviser”."))
    here = text(_("Panel on this page"))
    there = text(_("Panel on the other page"))
    number = forms.ChoiceField(label=_("How many"), widget=forms.RadioSelect, initial=MANY)

    def __init__(self, *given: Any, declaration: ObjectType, **options: Any) -> None:
        super().__init__(*given, **options)
        self.declaration = declaration
        one = text_of(declaration.label).lower()
        self.fields["here"].help_text = str(_("On the page of a %(one)s, such as “Advisers”.") % {"one": one})
        self.fields["there"].help_text = str(_("What a record there is linked with, such as “Advises”."))
        self._number(
            (MANY, _("Any number on both sides")),
            (ONE, _("One %(one)s has many, each of them belongs to one") % {"one": one}),
        )
        for code, language in settings.LANGUAGES:
            self.fields[f"here_{code}"] = text(language, required=False)
            self.fields[f"there_{code}"] = text(language, required=False)

    def _number(self, *choices: tuple[str, Any]) -> None:
        number = self.fields["number"]
        assert isinstance(number, forms.ChoiceField)
        number.choices = [(key, str(label)) for key, label in choices]

    def languages(self) -> list[tuple[Any, Any, Any]]:
        """A line for each language: its name, and the two controls."""
        return [(name, self[f"here_{code}"], self[f"there_{code}"]) for code, name in settings.LANGUAGES]

    def sides(self) -> tuple[Side, Side]:
        given = self.cleaned_data
        here, there = (
            {code: given[f"{part}_{code}"] for code, _name in settings.LANGUAGES if given[f"{part}_{code}"]}
            for part in ("here", "there")
        )
        once = given["number"] == ONE
        return (
            Side(self.declaration.key, given["here"], here),
            Side(given["other"], given["there"], there, once=once),
        )
