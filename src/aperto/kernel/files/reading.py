"""Who may read a stored file: whoever sees a record that holds it."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.utils.translation import gettext as _

from aperto.kernel import records
from aperto.kernel.access.actor import Actor
from aperto.kernel.access.scopes import Verb
from aperto.kernel.errors import Message, Missing
from aperto.kernel.fields.base import Field
from aperto.kernel.fields.file import File
from aperto.kernel.files.models import CHECKING, CLEAN, StoredFile
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.kernel.query.engines.expressions import among_keys
from aperto.kernel.query.readable import readable as readable_fields


class Withheld(Exception):
    """Nobody may read the file yet, or ever: a scanner has not judged it, or has found it."""

    def __init__(self, row: StoredFile) -> None:
        super().__init__(row.state)
        self.message: Message = (
            _("This file is being checked. Come back in a moment.")
            if row.state == CHECKING
            else _("The virus scanner found “%(finding)s” in this file. It is kept aside.")
            % {"finding": row.finding}
        )


def cleared(row: StoredFile) -> StoredFile:
    """The row of what may be handed out; Withheld otherwise."""
    if row.state != CLEAN:
        raise Withheld(row)
    return row


def readable(actor: Actor, key: UUID) -> StoredFile:
    """The file, through any record of the actor's that holds it; Missing otherwise."""
    row = StoredFile.objects.filter(pk=key).first()
    if row is None or not any(
        _held(actor, declaration, field, row) for declaration, field in _holders(actor)
    ):
        raise Missing(key)
    return row


def usable(actor: Actor, keys: Iterable[UUID]) -> set[UUID]:
    """Those that the actor may put into a record: what they sent themselves, and what they may read."""
    rows = list(StoredFile.objects.filter(among_keys("pk", keys)))
    if actor.kind == "system":
        return {row.pk for row in rows}
    mine = {row.pk for row in rows if actor.user_id is not None and row.created_by == actor.user_id}
    others = [row for row in rows if row.pk not in mine]
    holders = list(_holders(actor)) if others else []
    return mine | {row.pk for row in others if any(_held(actor, *holder, row) for holder in holders)}


def _holders(actor: Actor) -> Iterator[tuple[ObjectType, Field]]:
    """Every field of every object that can hold a file and that the actor may read."""
    for declaration in registry:
        if actor.may(declaration, Verb.READ):
            for field in readable_fields(actor, declaration).values():
                if isinstance(field, File):
                    yield declaration, field


def _held(actor: Actor, declaration: ObjectType, field: Field, row: StoredFile) -> bool:
    return records.visible(actor, declaration.key).where(field.holding(row.pk)).exists()  # type: ignore[attr-defined]
