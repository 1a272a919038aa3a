"""The first step: a file or pasted text, and what was imported before."""

import io
from typing import BinaryIO, cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from aperto.kernel.access.scopes import Verb
from aperto.kernel.errors import Refused
from aperto.kernel.objects.declaration import ObjectType
from aperto.transfer import run as runs
from aperto.transfer.formats.table import ENDINGS
from aperto.transfer.reading import Unreadable
from aperto.web.door import object_page
from aperto.web.request import Request
from aperto.web.shell import is_partial, render
from aperto.web.transfers import remembering
from aperto.web.transfers.going import to

FILE, TEXT = "file", "text"


@require_http_methods(["GET", "POST"])
@object_page
def show(request: Request, declaration: ObjectType) -> HttpResponse:
    if not runs.may_import(request.actor, declaration):
        raise Refused(Verb.IMPORT)
    if request.method == "POST":
        return _take(request, declaration)
    return _page(request, declaration)


def _take(request: Request, declaration: ObjectType) -> HttpResponse:
    try:
        content, name, size = _sent(request)
        run = runs.begin(request.actor, declaration, content, name, size)
    except Unreadable as problem:
        return _page(request, declaration, str(problem))
    return to(request, f"/imports/{run.pk}")


def _sent(request: HttpRequest) -> tuple[BinaryIO, str, int]:
    """The file of the form, or the text that was pasted."""
    file = request.FILES.get(FILE)
    if file is not None:
        return cast("BinaryIO", file.file), file.name or _("File"), file.size or 0
    content = request.POST.get(TEXT, "").encode("utf-8", "replace")
    if not content.strip():
        raise Unreadable(_("Choose a file, or paste some rows."))
    return io.BytesIO(content), _("Pasted rows"), len(content)


def _page(request: Request, declaration: ObjectType, problem: str = "") -> HttpResponse:
    if problem and is_partial(request):
        return HttpResponse(problem, status=422, content_type="text/plain; charset=utf-8")
    context = {
        "declaration": declaration,
        "problem": problem,
        "endings": ",".join(ENDINGS),
        "mappings": remembering.rows(request.actor, declaration.key),
        "former": runs.listed(request.actor, declaration.key),
        "text": request.POST.get(TEXT, ""),
    }
    return render(request, "transfers/start.html", context, status=422 if problem else 200)
