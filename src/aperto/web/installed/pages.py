"""The manifest, the service worker, and the page that says what was kept; none tells anything of a firm."""

import re
from functools import cache
from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aperto.web.shell import render

SOURCES = Path(__file__).resolve().parent.parent / "static"
ICONS = (
    ("icons/192.png", 192, "any"),
    ("icons/512.png", 512, "any"),
    ("icons/maskable.png", 512, "maskable"),
)
A_DAY = "public, max-age=86400"


@login_not_required
@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """https://www.w3.org/TR/appmanifest/"""
    paper = _paper()
    told = {
        "id": "/",
        "name": "Aperto",
        "short_name": "Aperto",
        "description": _("Customers, deals and what to do today."),
        "lang": get_language(),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": paper,
        "theme_color": paper,
        "icons": [
            {"src": static(name), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
            for name, size, purpose in ICONS
        ],
        "shortcuts": [{"name": _("Tasks"), "url": "/task"}, {"name": _("Contacts"), "url": "/contact"}],
    }
    headers = {"Cache-Control": A_DAY, "Vary": "Accept-Language"}
    return JsonResponse(told, content_type="application/manifest+json", headers=headers)


@cache
def _paper() -> str:
    """The ground of a page by day, in the one place that names colours."""
    found = re.search(r"--paper:\s*light-dark\(([^,]+),", (SOURCES / "css/tokens.css").read_text())
    assert found is not None
    return found[1]


@login_not_required
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """From the root, as a worker reaches no further than its own folder; asked for anew each time."""
    text = (SOURCES / "service-worker.js").read_text()
    return HttpResponse(text, content_type="text/javascript", headers={"Cache-Control": "no-cache"})


@login_not_required
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What the worker shows in place of a page that it did not keep."""
    return render(request, "installed/offline.html")
