"""A stage names only fields that its object has."""

from django.utils.translation import gettext_lazy as _

from aperto.kernel.changes.draft import Work
from aperto.kernel.objects.registry import registry


def check_stage(work: Work) -> None:
    if not work.changes("required_fields"):
        return
    wanted = work.value("required_fields") or []
    known = {key for declaration in registry if declaration.path for key in declaration.fields}
    if (
        not isinstance(wanted, list)
        or not {key for key in wanted if isinstance(key, str)} <= known
        or any(not isinstance(key, str) for key in wanted)
    ):
        work.refuse("required_fields", _("A list of field keys is expected here."))
