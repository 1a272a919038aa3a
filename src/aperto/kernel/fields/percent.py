"""A share of a hundred: 12.5 is twelve and a half percent."""

import decimal
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from aperto.kernel.fields import setting
from aperto.kernel.fields.decimal import Bound, Decimal
from aperto.kernel.fields.formats.numbers import write_percent
from aperto.kernel.viewer import Viewer


class Percent(Decimal):
    """A decimal between 0 and 100, unless other bounds are given."""

    kind = "percent"
    label_of_kind = _("Percentage")
    explained = _("A share of a hundred.")
    icon = "percentage"
    settings: ClassVar[tuple[setting.Setting, ...]] = (setting.DIGITS, setting.MINIMUM, setting.MAXIMUM)

    def __init__(self, *arguments: Any, minimum: Bound = 0, maximum: Bound = 100, **options: Any) -> None:
        super().__init__(*arguments, minimum=minimum, maximum=maximum, **options)

    def parse(self, raw: Any, viewer: Viewer) -> decimal.Decimal | None:
        return super().parse(without_sign(raw), viewer)

    def parse_argument(self, operator: str, raw: Any, viewer: Viewer) -> Any:
        return super().parse_argument(operator, without_sign(raw), viewer)

    def text(self, value: Any, viewer: Viewer) -> str:
        return "" if value is None else write_percent(value, viewer)

    def sample(self, n: int) -> decimal.Decimal:
        return round(decimal.Decimal(n * 700 % 10_001) / 100, self.digits)


def without_sign(raw: Any) -> Any:
    return raw.replace("%", " ").replace("٪", " ") if isinstance(raw, str) else raw
