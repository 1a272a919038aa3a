"""A number that the product gives: D-2026-0042. The counter has a table of its own; here is its form."""

from datetime import datetime
from typing import Any, ClassVar

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from aperto.kernel.fields import controls, setting
from aperto.kernel.fields.text import Text
from aperto.kernel.viewer import Viewer


class AutomaticNumber(Text):
    """`prefix`, the year where `yearly`, and the count with at least `digits` figures; read-only."""

    kind = "automatic_number"
    label_of_kind = _("Automatic number")
    explained = _("A number that each new record gets by itself.")
    icon = "list-numbers"
    settings: ClassVar[tuple[setting.Setting, ...]] = (
        setting.Setting("prefix", _("Prefix"), "text", setting.text),
        setting.Setting("digits", _("Figures"), "whole", setting.whole),
        setting.Setting("yearly", _("Begin anew each year"), "flag", setting.flag),
    )

    def __init__(
        self, *arguments: Any, prefix: str = "", digits: int = 4, yearly: bool = False, **options: Any
    ) -> None:
        super().__init__(*arguments, **{"readonly": True, "longest": 60} | options)
        self.prefix, self.digits, self.yearly = prefix, digits, yearly

    def counter(self, object_key: str, now: datetime) -> str:
        """The key of the counter; with `yearly` each year begins at one."""
        year = f".{now.year}" if self.yearly else ""
        return f"{object_key}.{self.key}{year}"

    def number(self, count: int, now: datetime) -> str:
        year = f"{now.year}-" if self.yearly else ""
        return f"{self.prefix}{year}{count:0{self.digits}}"

    def editor(self, value: Any, viewer: Viewer, name: str, attributes: str = "") -> SafeString:
        return controls.text_input("text", name, value or "", f"readonly {attributes}")

    def sample(self, n: int) -> str:
        return f"{self.prefix}{'2026-' if self.yearly else ''}{n + 1:0{self.digits}}"
