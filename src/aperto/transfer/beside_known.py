"""Which record beside a row is meant: by its keys, else by its name.

Two rows with different keys are about two records, though they have one name; a record that is there without
any key is the one that has this name.
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

from aperto.kernel import records
from aperto.kernel.access.actor import Actor
from aperto.kernel.objects.declaration import ObjectType
from aperto.transfer.lines import Line
from aperto.transfer.matching import Form, Matcher


class Known(Matcher):
    def __init__(self, actor: Actor, declaration: ObjectType, keys: Sequence[str], name: str) -> None:
        super().__init__(actor, declaration, [key for key in keys if key != name])
        self.named = Matcher(actor, declaration, [name])

    def assign(self, lines: Sequence[Line]) -> None:
        super().assign(lines)
        loose = [line for line in lines if line.is_new and not line.errors]
        forms = {line.number: next(iter(self.named._forms(line)), None) for line in loose}
        held, titles = self.named._held(form for form in forms.values() if form)
        keyless = self._keyless(titles)
        first: dict[Form, Line] = {}
        moved: dict[UUID, Line] = {}
        for line in loose:
            form = forms[line.number]
            if form is None or line.record is None:
                continue
            moved[line.record] = line
            self._by_name(line, held.get(form, []), keyless, first.get(form), titles)
            first.setdefault(form, line)
        for line in lines:
            if line.follows and line.record in moved and moved[line.record] is not line:
                _follow(line, moved[line.record])

    def _by_name(
        self, line: Line, found: list[UUID], keyless: set[UUID], leader: Line | None, titles: dict[UUID, str]
    ) -> None:
        keyed = any(True for _form in self._forms(line))
        meant = [key for key in found if not keyed or key in keyless]
        if len(meant) > 1 and not keyed:
            self._ambiguous(line, [titles[key] for key in meant])
        elif len(meant) == 1:
            line.record, line.is_new = meant[0], False
        elif leader is not None and not keyed:
            _follow(line, leader)

    def _keyless(self, found: Iterable[UUID]) -> set[UUID]:
        """Those that hold nothing in the fields of the keys."""
        ids = list(found)
        if not ids or not self.finds:
            return set(ids)
        rows = records.visible(self.actor, self.declaration.key).only(ids).iterate(list(self.finds))
        return {row.id for row in rows if not any(row.values[key] for key in self.finds)}


def _follow(line: Line, leader: Line) -> None:
    """The line is about the same record as an earlier one."""
    line.record, line.is_new = leader.record, False
    line.follows = leader.is_new or leader.follows
