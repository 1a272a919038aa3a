"""Files that come with a form: stored first, so that the form's other mistakes do not lose them."""

from collections.abc import Iterable

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from aperto.kernel import files
from aperto.kernel.errors import FieldError, Message
from aperto.kernel.fields.base import Field
from aperto.kernel.fields.file import SENT, File
from aperto.web.request import Request


def posted(
    request: Request, fields: Iterable[Field], prefix: str = ""
) -> tuple[QueryDict, dict[str, list[Message]]]:
    """What was sent, each file replaced by the stored file's key; and messages about refused files."""
    post: QueryDict = request.POST
    errors: dict[str, list[Message]] = {}
    for each in fields:
        sent = request.FILES.get(f"{prefix}{each.key}{SENT}")
        if not isinstance(each, File) or not isinstance(sent, UploadedFile):
            continue
        try:
            stored = files.store(request.actor, sent)
        except FieldError as error:
            errors[each.key] = [error.message]
            continue
        changed = post.copy()
        changed[f"{prefix}{each.key}"] = f"{stored.pk} {stored.name}"
        post = changed
    return post, errors
