"""A stored picture."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from aperto.kernel.fields.base import Ref
from aperto.kernel.fields.file import File


class Image(File):
    """A file that browsers show as a picture; that it is one is checked where files are stored."""

    kind = "image"
    label_of_kind = _("Picture")
    explained = _("A picture that is kept with the record.")
    icon = "photo"
    accept = "image/png,image/jpeg,image/webp,image/gif,image/avif"

    def sample(self, n: int) -> Ref:
        ref: Any = super().sample(n)
        return Ref(ref.object, ref.id, f"Picture {n:03}.png")
