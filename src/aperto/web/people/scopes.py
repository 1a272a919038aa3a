"""Rights in words: what a role may do and what a token is cut to."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aperto.kernel.access.scopes import VERB_LABELS, Scope, Verb
from aperto.kernel.errors import Missing
from aperto.kernel.objects.registry import registry

PHRASES = {
    Scope.ALL: gettext_lazy("Everybody's records: %(verbs)s."),
    Scope.BELOW: gettext_lazy("Records of their teams and the teams beneath: %(verbs)s."),
    Scope.TEAM: gettext_lazy("Records of their teams: %(verbs)s."),
    Scope.OWN: gettext_lazy("Their own records: %(verbs)s."),
}


def plural_of(key: str) -> str:
    if key == "*":
        return _("All objects")
    try:
        return str(registry.get(key).plural)
    except Missing:
        return key


def role_summary(grants: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Sentences, widest reach first; then which objects differ."""
    row = grants.get("*", {})
    lines = [
        str(phrase) % {"verbs": ", ".join(str(VERB_LABELS[verb]).lower() for verb in verbs)}
        for scope, phrase in PHRASES.items()
        if (verbs := [verb for verb in Verb if verb is not Verb.CONFIGURE and row.get(verb) == scope])
    ]
    if row.get(Verb.CONFIGURE) == Scope.ALL:
        lines.append(_("Administers users, roles and settings."))
    if differing := [plural_of(key) for key in grants if key != "*"]:
        lines.append(_("Different for: %(objects)s.") % {"objects": ", ".join(differing)})
    return lines or [_("Nothing at all.")]


def summary(held: Iterable[str]) -> str:
    """A token's scopes: "Read all objects; create, edit contacts"."""
    verbs: dict[str, list[str]] = {}
    for scope in held:
        key, _colon, verb = scope.partition(":")
        label = _("Everything") if verb == "*" else str(VERB_LABELS[Verb(verb)])
        verbs.setdefault(key, []).append(label)
    return " · ".join(f"{plural_of(key)}: {', '.join(found)}" for key, found in verbs.items())
