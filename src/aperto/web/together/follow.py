"""What one wants to be told of a record."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from aperto.kernel.errors import Invalid, Missing
from aperto.kernel.notices import following
from aperto.kernel.objects.declaration import ObjectType
from aperto.web.door import object_page
from aperto.web.forms.answer import form_answer
from aperto.web.records import answers
from aperto.web.records.reading import shown
from aperto.web.request import Request
from aperto.web.saying import say
from aperto.web.shell import is_partial

EXPLAINED = {
    following.ALL: gettext_lazy("Every change of a field, every comment."),
    following.IMPORTANT: gettext_lazy("New comments, another stage, another owner."),
    following.MENTIONS: gettext_lazy("When somebody mentions you or answers in your thread."),
}


@require_http_methods(["GET", "POST"])
@object_page
def follow(request: Request, declaration: ObjectType, record: UUID) -> HttpResponse:
    """GET asks; POST keeps the choice."""
    if declaration.administered or declaration.subject:
        raise Missing(record)
    held = shown(request.actor, declaration, record, ())
    if request.method == "POST":
        try:
            following.follow(request.actor, held.ref, request.POST.get("level", ""))
        except Invalid as invalid:
            raise Missing(invalid.text) from None
        text = _("You are told as you chose.")
        if is_partial(request):
            return HttpResponse(status=204, headers=answers.events(text, answers.CLOSE))
        say(request, text)
        return HttpResponseRedirect(held.url)
    owner = held.values.get("owner")
    level = following.level_of(request.actor, record, owner.id if owner else None)
    context = {
        "record": held,
        "heading": _("What do you want to be told?"),
        "form_url": f"{held.url}/follow",
        "dialog_id": "dialog-follow",
        "save_label": _("Save"),
        "back": held.url,
        "levels": [(key, label, EXPLAINED[key], key == level) for key, label in following.LEVELS.items()],
    }
    return form_answer(request, context, name="together/follow")
