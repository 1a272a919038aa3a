"""How long before its moment somebody is reminded. Beside the kinds: administrators add none."""

from typing import Any

from aperto.kernel.fields.duration import Duration

LONGEST = 31 * 24 * 3600


class Reminder(Duration):
    """Seconds before `moment`; empty is as each person has chosen for themselves."""

    addable = False

    def __init__(self, *arguments: Any, moment: str, **options: Any) -> None:
        super().__init__(*arguments, **{"maximum": LONGEST} | options)
        self.moment = moment
