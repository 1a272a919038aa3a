"""Why a record is open to somebody, in plain words; administrators get a way to the rule that says so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aperto.kernel.access import explain
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.explain import Reason
from aperto.kernel.access.scopes import Scope
from aperto.kernel.fields.formats.times import write_moment

BY_ROLE = {
    Scope.OWN: gettext_lazy("Its owner, by the role %(name)s"),
    Scope.TEAM: gettext_lazy("A record of the team %(team)s, by the role %(name)s"),
    Scope.BELOW: gettext_lazy("A record of %(team)s, a team beneath theirs, by the role %(name)s"),
    Scope.ALL: gettext_lazy("The role %(name)s reaches everybody's records"),
}
OTHERS = {
    explain.RULE: gettext_lazy("The sharing rule %(name)s"),
    explain.SHARE: gettext_lazy("Shared with %(name)s"),
    explain.CONFIGURATION: gettext_lazy("Everybody may see what is set up"),
    explain.SYSTEM: gettext_lazy("The product itself"),
}


@dataclass(frozen=True)
class Told:
    """`url` leads to the role or the rule, for administrators."""

    text: str
    url: str = ""


def told(asker: Actor, reasons: Sequence[Reason]) -> list[Told]:
    return [Told(_text(asker, each), _url(asker, each)) for each in reasons]


def _text(asker: Actor, reason: Reason) -> str:
    """The condition may name a field that the asker does not see; so only administrators read it."""
    phrase = BY_ROLE[reason.scope] if reason.kind == explain.ROLE else OTHERS[reason.kind]
    return "".join([str(phrase) % {"name": reason.name, "team": reason.team}, *_more(asker, reason)])


def _more(asker: Actor, reason: Reason) -> Iterable[str]:
    if reason.condition and asker.configures:
        yield _(", because %(condition)s") % {"condition": reason.condition}
    elif reason.condition:
        yield _(", on a condition")
    if reason.until is not None:
        yield _(", until %(moment)s") % {"moment": write_moment(reason.until, asker.viewer)}


def _url(asker: Actor, reason: Reason) -> str:
    pages = {explain.ROLE: "role", explain.RULE: "edit_sharing_rule"}
    if not asker.configures or reason.kind not in pages or reason.id is None:
        return ""
    return reverse(pages[reason.kind], args=[reason.id])
