"""What another setting of a role says, difference by difference, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aperto.kernel.access import roles
from aperto.kernel.access.models import Role
from aperto.kernel.access.role_checks import Matrix
from aperto.kernel.access.role_effects import effect_of
from aperto.kernel.access.scopes import HIDDEN, READ_ONLY, SCOPE_LABELS, VERB_LABELS, Verb, granted
from aperto.kernel.fields.base import text_of
from aperto.kernel.objects.registry import registry
from aperto.web.people.scopes import plural_of

MOST = 8
LIMIT_LABELS = {
    "": gettext_lazy("Visible"),
    READ_ONLY: gettext_lazy("Read-only"),
    HIDDEN: gettext_lazy("Hidden"),
}


@dataclass(frozen=True)
class Outlook:
    """The context of `people/parts/role_outlook.html`: what would be different, and for how many people."""

    lines: list[str]
    more: int
    holders: int
    affected: int


def outlook(role: Role, wanted: Mapping[str, Matrix]) -> Outlook:
    lines = list(differences(role, wanted))
    effect = effect_of(role, wanted)
    return Outlook(lines[:MOST], len(lines[MOST:]), effect.holders, effect.affected)


def differences(role: Role, wanted: Mapping[str, Matrix]) -> Iterable[str]:
    after = {column: wanted.get(column, getattr(role, column)) for column in roles.RIGHTS}
    yield from _of_grants(role.grants, after["grants"])
    yield from _of_conditions(role.conditions, after["conditions"])
    yield from _of_fields(role.field_rights, after["field_rights"])


def _of_grants(before: Matrix, after: Matrix) -> Iterable[str]:
    """What an object inherits from the row of all objects is told there."""
    for key in _keys(before, after):
        whole = key == "*" or key not in before and key not in after
        for verb in Verb:
            old, new = granted(before, key, verb), granted(after, key, verb)
            if old is not new and (whole or not _follows(before, after, key, verb)):
                words = {"object": plural_of(key), "verb": VERB_LABELS[verb]}
                words |= {"old": str(SCOPE_LABELS[old]).lower(), "new": str(SCOPE_LABELS[new]).lower()}
                yield _("%(object)s · %(verb)s: %(old)s → %(new)s") % words


def _follows(before: Matrix, after: Matrix, key: str, verb: Verb) -> bool:
    """Whether the object was and stays as all objects are."""
    was, becomes = granted(before, "*", verb), granted(after, "*", verb)
    same = granted(before, key, verb) is was and granted(after, key, verb) is becomes
    return same and was is not becomes


def _of_conditions(before: Matrix, after: Matrix) -> Iterable[str]:
    for key in _keys(before, after):
        old, new = before.get(key, {}), after.get(key, {})
        for verb in (verb for verb in Verb if old.get(verb, "") != new.get(verb, "")):
            words = {"object": plural_of(key), "verb": VERB_LABELS[verb], "condition": new.get(verb, "")}
            text = _("%(object)s · %(verb)s: only where %(condition)s")
            yield (text if new.get(verb) else _("%(object)s · %(verb)s: without a condition")) % words


def _of_fields(before: Matrix, after: Matrix) -> Iterable[str]:
    for key in _keys(before, after):
        old, new = before.get(key, {}), after.get(key, {})
        for field in (field for field in sorted({*old, *new}) if old.get(field) != new.get(field)):
            known = registry.get(key).fields.get(field) if key in registry else None
            words = {"object": plural_of(key), "field": text_of(known.label) if known else field}
            words["right"] = str(LIMIT_LABELS[new.get(field, "")]).lower()
            yield _("%(object)s · %(field)s: %(right)s") % words


def _keys(before: Matrix, after: Matrix) -> list[str]:
    """The row of all objects first."""
    return sorted({*before, *after}, key=lambda key: (key != "*", key))
