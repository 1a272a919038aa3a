"""Contents of files: sent once, then named by their key in a file field."""

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponseBase
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from aperto.api.http import Call, Problem, key_of, respond
from aperto.api.operation import Operation
from aperto.api.operations.records import KEY
from aperto.kernel import files


def upload(call: Call) -> HttpResponseBase:
    if not (call.request.content_type or "").startswith("multipart/form-data"):
        raise Problem(415, _("Unsupported media type"), _("Send multipart/form-data."))
    try:
        sent = call.request.FILES.get("file")
    except MultiPartParserError as error:
        raise Problem(400, _("Not readable"), str(error)) from None
    if not isinstance(sent, UploadedFile):
        raise Problem(422, _("Not accepted"), errors={"file": [_("Send the file as multipart field file.")]})
    stored = files.store(call.actor, sent)
    data = {
        "id": str(stored.pk),
        "name": stored.name,
        "size": stored.size,
        "content_type": stored.content_type,
    }
    return respond(data, 201)


def download(call: Call) -> HttpResponseBase:
    try:
        return files.response(call.actor, key_of(call.record))
    except files.Withheld as withheld:
        raise Problem(409, _("Not to be read"), str(withheld.message)) from None


OPERATIONS = (
    Operation("upload", "POST", "/files", upload, lazy("Send a file"), None, "file", 201, body="upload",
              parameters=(KEY,), writes=True, tag="files", refusals=(400, 401, 403, 413, 415, 422, 429)),
    Operation("download", "GET", "/files/{id}", download, lazy("Read a file"), None, "content", tag="files",
              refusals=(401, 404, 409, 429)),
)  # fmt: skip
