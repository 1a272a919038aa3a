"""The head and the fields of a record as they are now; the page puts in what differs."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from aperto.kernel.objects.declaration import ObjectType
from aperto.web.door import object_page
from aperto.web.records.parts import refreshed
from aperto.web.request import Request


@require_GET
@object_page
def show(request: Request, declaration: ObjectType, record: UUID) -> HttpResponse:
    return refreshed(request, declaration, record, {})
