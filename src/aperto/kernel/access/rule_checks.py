"""What a write of a rule about access is checked for."""

from django.utils.translation import gettext_lazy as _

from aperto.kernel.access import conditions
from aperto.kernel.changes.draft import Work
from aperto.kernel.objects.registry import registry


def check_condition(work: Work) -> None:
    """The filter is one that the object understands."""
    object_key, text = work.value("of_object"), work.value("condition")
    if not text or object_key not in registry or not (work.changes("condition") or work.changes("of_object")):
        return
    if wrong := conditions.problem(work.occasion.actor, registry.get(object_key), text):
        work.refuse("condition", wrong)


def check_sharing(work: Work) -> None:
    """It says which records, and with whom: one team or one role each."""
    if work.value("owners_team") and work.value("owners_role"):
        work.refuse("owners_role", _("Choose a team or a role, not both."))
    if not (work.value("owners_team") or work.value("owners_role") or work.value("condition")):
        work.refuse("condition", _("Say whose records are shared, or which condition they fulfil."))
    if bool(work.value("with_team")) == bool(work.value("with_role")):
        work.refuse("with_team", _("Choose one team or one role with which the records are shared."))
