"""Which record a row is about: one that is there, one that an earlier row of the file makes, or a new one."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from aperto.kernel import records
from aperto.kernel.access.actor import Actor
from aperto.kernel.changes.keys import holders
from aperto.kernel.errors import FieldError
from aperto.kernel.fields.base import Field
from aperto.kernel.folding import fold
from aperto.kernel.ids import uuid7
from aperto.kernel.objects.declaration import ObjectType
from aperto.transfer.lines import WHOLE, Line
from aperto.transfer.targets import FULL_NAME, ID, splits_names

type Form = tuple[str, str]  # field, normal form of a value
SHOWN = 3


def can_match(declaration: ObjectType, key: str) -> bool:
    """Whether records can be found by this field."""
    if key == ID or (key == FULL_NAME and splits_names(declaration)):
        return True
    field = declaration.fields.get(key)
    if field is None or (field.readonly and field.kind != "automatic_number"):
        return False
    return field.unique or field.match or field.kind in ("text", "automatic_number")


class Matcher:
    """Finds the records of many rows at once: one query for each chosen field."""

    def __init__(self, actor: Actor, declaration: ObjectType, finds: Sequence[str]) -> None:
        self.actor, self.declaration = actor, declaration
        self.finds = [key for key in finds if can_match(declaration, key)]

    def assign(self, lines: Sequence[Line]) -> None:
        """Gives each line its record, or the message why that cannot be told."""
        forms = {line.number: list(self._forms(line)) for line in lines}
        held, titles = self._held(form for each in forms.values() for form in each)
        claims: dict[Form, UUID] = {}
        rows: dict[UUID, int] = {}
        for line in lines:
            mine = forms[line.number]
            found = dict.fromkeys(
                key
                for form in mine
                for key in (*held.get(form, ()), *([claims[form]] if form in claims else ()))
            )
            if len(found) > 1:
                self._ambiguous(line, [titles.get(key) or self._row(rows[key]) for key in found])
                continue
            line.record = next(iter(found), None) or uuid7()
            line.follows = line.record in rows and line.record not in titles
            line.is_new = not found
            if line.is_new and self._unknown_key(line, mine):
                continue
            rows.setdefault(line.record, line.number)
            for form in mine:
                claims.setdefault(form, line.record)

    def _row(self, number: int) -> str:
        return _("row %(number)s") % {"number": number}

    def _ambiguous(self, line: Line, names: list[str]) -> None:
        shown = ", ".join(names[:SHOWN]) + ("…" if len(names) > SHOWN else "")
        line.refuse(
            WHOLE, _("It agrees with %(count)s records: %(names)s.") % {"count": len(names), "names": shown}
        )

    def _unknown_key(self, line: Line, forms: Sequence[Form]) -> bool:
        """A key that is nobody's is a mistake, not a wish for a new record."""
        if any(field == ID for field, _form in forms):
            line.refuse(ID, _("No record has this key, or you may not see it."))
            return True
        return False

    # -- what to look for ----------------------------------------------------------------------------

    def _forms(self, line: Line) -> Iterable[Form]:
        for key in self.finds:
            if key == FULL_NAME:
                names = [line.values.get(part) for part in ("first_name", "last_name")]
                if any(names):
                    yield key, fold(" ".join(name for name in names if name))
            elif (value := line.values.get(key)) is not None:
                if key == ID:
                    yield key, str(value)
                else:
                    yield from ((key, form) for form in self.declaration.fields[key].match_keys(value))

    def _held(self, forms: Iterable[Form]) -> tuple[dict[Form, list[UUID]], dict[UUID, str]]:
        """Visible records by form, and their titles."""
        wanted: dict[str, dict[str, None]] = defaultdict(dict)
        for key, form in forms:
            wanted[key][form] = None
        held: dict[Form, list[UUID]] = {}
        for key, each in wanted.items():
            held |= {(key, form): ids for form, ids in self._holders(key, list(each)).items()}
        everyone = {record for ids in held.values() for record in ids}
        if not everyone:
            return {}, {}
        refs = records.visible(self.actor, self.declaration.key).titles(everyone)
        titles = {key: ref.title for key, ref in refs.items()}
        return {form: [key for key in ids if key in titles] for form, ids in held.items()}, titles

    def _holders(self, key: str, forms: list[str]) -> dict[str, list[UUID]]:
        if key == ID:
            return {form: [UUID(form)] for form in forms}
        field = self.declaration.fields[key]
        if field.unique or field.match:
            return holders(self.declaration, field, forms)
        return self._by_column(field, forms)

    def _by_column(self, field: Field, forms: list[str]) -> dict[str, list[UUID]]:
        """For fields without a table of keys: equal text in the column."""
        rows = records.visible(self.actor, self.declaration.key).where(field.where("any_of", forms))
        found: dict[str, list[UUID]] = defaultdict(list)
        for row in rows.iterate((field.key,), chunk=5_000):
            for form in field.match_keys(row.values[field.key]):
                found[form].append(row.id)
        return found


def read_key(raw: Any) -> UUID | None:
    text = str(raw).strip()
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError:
        raise FieldError(_("“%(text)s” is not the key of a record.") % {"text": text[:60]}) from None
