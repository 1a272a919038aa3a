"""How much is kept of files, and of what."""

from typing import TYPE_CHECKING

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aperto.kernel import files
from aperto.kernel.errors import Invalid
from aperto.kernel.files import scanning, settings
from aperto.kernel.files.content import FAMILIES
from aperto.kernel.files.limits import FIELDS
from aperto.web.forms.answer import redirected
from aperto.web.people.doors import administrator
from aperto.web.people.forms import show as show_errors
from aperto.web.request import Request
from aperto.web.shell import render

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


def _amount(label: "_StrPromise", help_text: "_StrPromise") -> forms.CharField:
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=12, widget=widget)


class FilesForm(forms.Form):
    largest_mb = _amount(
        gettext_lazy("Largest file, in megabytes"), gettext_lazy("Empty: as the machine allows.")
    )
    person_mb = _amount(gettext_lazy("Room of each person, in megabytes"), gettext_lazy("Empty: no limit."))
    total_mb = _amount(
        gettext_lazy("Room of the organisation, in megabytes"), gettext_lazy("Empty: no limit.")
    )
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Kinds that are kept"),
        choices=list(FAMILIES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Judged by content, not by name. None chosen: all."),
    )


@administrator
def show(request: Request) -> HttpResponse:
    row = settings.limits_for(request.actor)
    form = FilesForm(request.POST or None, initial={key: getattr(row, key) for key in FIELDS})
    if request.method == "POST" and form.is_valid():
        try:
            change = settings.change(request.actor, form.cleaned_data)
        except Invalid as invalid:
            show_errors(form, invalid)
        else:
            undo = f"/undo/batch/{change.batch}" if change else ""
            return redirected(request, _("Saved"), undo=undo, to=reverse("file_settings"))
    context = {
        "form": form,
        "use": settings.use_for(request.actor),
        "largest": files.largest(row),
        "scanned": scanning.is_set_up(),
    }
    return render(request, "settings/files.html", context, status=422 if form.errors else 200)
