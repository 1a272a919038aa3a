"""A length of time, kept in seconds: how long a call took."""

from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from aperto.kernel.fields.base import COUNTS
from aperto.kernel.fields.formats.durations import read_duration, write_clock, write_duration
from aperto.kernel.fields.integer import Integer, required
from aperto.kernel.viewer import Viewer

LONGEST = 100_000 * 3600 - 1


class Duration(Integer):
    """Seconds; a bare figure that a person types is in `unit` (minute, hour, second or day)."""

    kind = "duration"
    label_of_kind = _("Length of time")
    explained = _("How long something takes.")
    icon = "hourglass"

    def __init__(
        self, *arguments: Any, minimum: int = 0, maximum: int = LONGEST, unit: str = "minute", **options: Any
    ) -> None:
        super().__init__(*arguments, minimum=max(minimum, 0), maximum=min(maximum, LONGEST), **options)
        self.unit = unit

    def parse(self, raw: Any, viewer: Viewer) -> int | None:
        if not isinstance(raw, str):
            return self.clean(raw)
        return self.clean(read_duration(raw, viewer, self.unit)) if raw.strip() else None

    def parse_argument(self, operator: str, raw: Any, viewer: Viewer) -> Any:
        return required(read_duration(raw, viewer, self.unit) if isinstance(raw, str) else raw)

    def text(self, value: Any, viewer: Viewer) -> str:
        return "" if value is None else write_duration(round(value))

    def export(self, value: Any) -> str:
        return "" if value is None else write_clock(value)

    def editor(self, value: Any, viewer: Viewer, name: str, attributes: str = "") -> SafeString:
        text = "" if value is None else write_clock(value).removesuffix(":00")
        return self.input("text", text, name, f'autocomplete="off" {attributes}')

    def aggregated(self, name: str, raw: Any) -> Any:
        number = super().aggregated(name, raw)
        return number if number is None or name in COUNTS else round(number)

    def sample(self, n: int) -> int:
        return self.minimum + 90 * n
