"""None to five stars."""

from html import escape
from typing import Any, ClassVar

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aperto.kernel.fields import controls, setting
from aperto.kernel.fields.integer import Integer
from aperto.kernel.viewer import Viewer

STARS = 5


class Rating(Integer):
    """A whole number from 0 to 5."""

    kind = "rating"
    label_of_kind = gettext_lazy("Rating")
    explained = gettext_lazy("One to five stars.")
    icon = "star"
    settings: ClassVar[tuple[setting.Setting, ...]] = ()
    numeric = False

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, minimum=0, maximum=STARS, **options)

    def parse(self, raw: Any, viewer: Viewer) -> int | None:
        """A figure, or as many stars."""
        if isinstance(raw, str) and (stars := raw.strip()) and set(stars) <= set("★☆*"):
            return self.clean(stars.count("★") + stars.count("*"))
        return super().parse(raw, viewer)

    def cell(self, value: Any, viewer: Viewer) -> str:
        if value is None:
            return ""
        words = escape(_("%(stars)s of %(most)s") % {"stars": value, "most": STARS})
        stars = f'<span class="on">{"★" * value}</span>{"☆" * (STARS - value)}'
        return f'<span class="stars" role="img" aria-label="{words}">{stars}</span>'

    def editor(self, value: Any, viewer: Viewer, name: str, attributes: str = "") -> SafeString:
        listed = [("", "–"), *((str(stars), "★" * stars or "0") for stars in range(STARS + 1))]
        return controls.select_box(
            name, listed, ["" if value is None else str(value)], self.attributes(attributes)
        )

    def sample(self, n: int) -> int:
        return n % (STARS + 1)

    def search_text(self, value: Any) -> str:
        return ""
