"""A record's title, made from its own fields by the pattern of its object."""

import re
from functools import lru_cache

from django.utils.translation import gettext as _

from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.record import Record

LONGEST = 200
PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")


@lru_cache
def keys_of(pattern: str) -> tuple[str, ...]:
    return tuple(PLACE.findall(pattern))


def title_of(declaration: ObjectType, record: Record) -> str:
    """Alternatives stand behind "|": the first that is not empty counts."""
    fields = declaration.fields
    for pattern in declaration.title.split("|"):
        title = pattern
        for key in keys_of(pattern):
            title = title.replace(f"{{{key}}}", fields[key].naming(fields[key].get(record)))
        title = " ".join(title.split()).strip(" ,·-")
        if title:
            return title[:LONGEST]
    return _("Untitled")
