"""Where a record stands in its pipeline: a reference to a stage, shown in the stage's colour."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from aperto.kernel.fields import setting
from aperto.kernel.fields.reference import Reference, chip
from aperto.kernel.fields.select import pill
from aperto.kernel.viewer import Viewer


class Stage(Reference):
    """A reference to one stage; the hue of its `Ref` is the stage's."""

    kind = "stage"
    label_of_kind = _("Stage")
    icon = "flag"
    addable = False  # an object has one pipeline, which its own definition switches on
    settings: ClassVar[tuple[setting.Setting, ...]] = ()

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, to="stage", **options)

    def cell(self, value: Any, viewer: Viewer) -> str:
        if value is None or not value.title:
            return "" if value is None else chip(value)
        return pill(value.title, value.hue)
