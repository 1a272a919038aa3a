"""Settings → configuration: all that is shaped, as a file to download, and a file to review and bring in."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from aperto.kernel import changes
from aperto.kernel.access import organisation
from aperto.kernel.configuration import export, past
from aperto.kernel.configuration.apply import apply, rehearse
from aperto.kernel.configuration.compare import compare
from aperto.kernel.configuration.document import Problem, Unfit
from aperto.kernel.configuration.reading import LARGEST
from aperto.kernel.configuration.understand import understand
from aperto.packs import packs
from aperto.web.people.doors import administrator
from aperto.web.request import Request
from aperto.web.saying import say
from aperto.web.settings import configuration_items as items
from aperto.web.shell import render

VIA = "page"


@require_GET
@administrator
def show(request: Request) -> HttpResponse:
    context = {"packs": packs.everything(get_language()), "past": past.lately(request.actor)}
    return render(request, "settings/configuration.html", context)


@require_GET
@administrator
def download(request: Request) -> HttpResponse:
    name = f"aperto-configuration-{localdate():%Y-%m-%d}.yaml"
    answer = HttpResponse(export.as_yaml(request.actor), content_type="application/yaml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_GET
@administrator
def pack(request: Request, key: str) -> HttpResponse:
    """What a pack would bring here."""
    found = packs.get(key, organisation.current().language)
    diff = compare(request.actor, found.document)
    said = packs.get(key, get_language())
    context = items.context(diff) | {
        "title": said.name,
        "lead": said.description,
        "pack": key,
    }
    return render(request, "settings/configuration_review.html", context)


@require_POST
@administrator
def review(request: Request) -> HttpResponse:
    """What applying the file would do, and what would be refused; nothing is changed."""
    remove = bool(request.POST.get("remove"))
    try:
        text = _sent(request)
        diff = compare(request.actor, understand(text), remove)
    except Unfit as unfit:
        return _told(request, unfit.problems)
    source = _source(request)
    shown = {"title": _("Review"), "lead": source, "text": text, "remove": remove, "source": source}
    context = items.context(diff, rehearse(request.actor, diff)) | shown
    return render(request, "settings/configuration_review.html", context)


@require_POST
@administrator
def bring_in(request: Request) -> HttpResponse:
    """Applies what was ticked, of a file that was reviewed or of a pack."""
    chosen, remove = request.POST.getlist("item"), bool(request.POST.get("remove"))
    key, source = request.POST.get("pack", ""), _source(request)
    try:
        if key:
            found = packs.get(key, organisation.current().language)
            document, source = found.document, found.name
        else:
            document = understand(_sent(request))
        diff = compare(request.actor, document, remove)
        due = len([item for item in diff.due if item.id in set(chosen)])
        batch = apply(request.actor, diff, set(chosen), source) if due else None
    except Unfit as unfit:
        return _told(request, unfit.problems)
    told = ngettext("%(n)s entry applied.", "%(n)s entries applied.", due) % {"n": due}
    say(request, told, reverse("undo_batch", args=[batch]) if batch else None)
    return HttpResponseRedirect(reverse("configuration"))


@require_POST
@administrator
def take_back(request: Request, batch: UUID) -> HttpResponse:
    """Undoes one application as a whole; what was changed since stays."""
    undone = changes.undo_batch(request.actor, batch, via=VIA)
    told = ngettext("%(n)s change undone.", "%(n)s changes undone.", undone.undone) % {"n": undone.undone}
    if undone.kept:
        kept = ngettext("%(n)s was kept.", "%(n)s were kept.", undone.kept) % {"n": undone.kept}
        told = f"{told} {kept}"
    messages.success(request, told)
    return HttpResponseRedirect(reverse("configuration"))


def _sent(request: Request) -> str:
    """The text of the file that was sent, or that went along with the review."""
    file = request.FILES.get("file")
    if file is None:
        return str(request.POST.get("text", ""))
    if (file.size or 0) > LARGEST:
        raise Unfit([Problem(_("A configuration holds at most %(size)s kB.") % {"size": LARGEST // 1000})])
    try:
        return str(file.read(), "utf-8-sig")
    except UnicodeDecodeError:
        raise Unfit([Problem(_("This is no text in UTF-8."))]) from None


def _source(request: Request) -> str:
    file = request.FILES.get("file")
    return str(file.name if file is not None else request.POST.get("source", ""))[:120]


def _told(request: Request, problems: list[Problem]) -> HttpResponse:
    context: dict[str, Any] = {"packs": packs.everything(get_language()), "past": past.lately(request.actor)}
    return render(request, "settings/configuration.html", context | {"problems": problems}, status=422)
