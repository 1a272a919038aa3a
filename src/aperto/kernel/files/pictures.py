"""A picture field holds pictures: what a browser shows as one, judged by the first bytes of the file."""

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from aperto.kernel.files.content import PICTURES
from aperto.kernel.files.models import StoredFile
from aperto.kernel.objects.declaration import ObjectType

if TYPE_CHECKING:
    from aperto.kernel.changes.draft import Work


def check_pictures(declaration: ObjectType, works: Sequence["Work"]) -> None:
    """SVG is none: a browser would run what is written in it."""
    keys = [key for key, field in declaration.fields.items() if field.kind == "image"]
    asked: dict[UUID, list[tuple[Work, str]]] = defaultdict(list)
    for work in works if keys else ():
        for key in keys:
            value = work.values.get(key)
            if value is not None and (work.created or work.changes(key)):
                asked[value.id].append((work, key))
    if not asked:
        return
    types = dict(StoredFile.objects.filter(pk__in=asked).values_list("pk", "content_type"))
    for file, places in asked.items():
        if file in types and types[file] not in PICTURES:
            for work, key in places:
                work.refuse(key, _("This is no picture. PNG, JPEG, GIF, WebP and AVIF are."))
