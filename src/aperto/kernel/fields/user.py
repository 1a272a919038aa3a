"""A user of the installation: the owner of a record, who made it, who is asked."""

from html import escape
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from aperto.kernel.fields import setting
from aperto.kernel.fields.base import Part
from aperto.kernel.fields.reference import Reference, avatar, chip
from aperto.kernel.query.engines.json_path import Cast
from aperto.kernel.viewer import Viewer


class User(Reference):
    """A reference to one user; the value is `Ref("user", id)`."""

    kind = "user"
    label_of_kind = _("User")
    explained = _("A colleague.")
    icon = "user"
    settings: ClassVar[tuple[setting.Setting, ...]] = ()
    parts = (
        Part(
            "",
            lambda field: models.UUIDField(null=True, db_index=field.indexed),
            Cast.TEXT,
            lambda key: key.hex,
            UUID,
        ),
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, to="user", **options)

    def cell(self, value: Any, viewer: Viewer) -> str:
        """Without a link: users are no records."""
        if value is None or not value.title:
            return "" if value is None else chip(value)
        return f'<span class="chip">{avatar(value, "")}{escape(value.title)}</span>'
