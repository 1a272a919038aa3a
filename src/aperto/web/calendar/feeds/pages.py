"""A person's calendar feeds: made here, shown once, revoked at once; and the door by which they are read."""

from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from aperto.kernel.access.actor import ANONYMOUS, Actor
from aperto.kernel.calendar import feeds
from aperto.kernel.calendar.axis import has_axis
from aperto.kernel.errors import FieldError, Invalid, Missing, Refused
from aperto.kernel.objects.registry import registry
from aperto.kernel.query.views import visible_views
from aperto.web.calendar.feeds.read import written
from aperto.web.people import forms
from aperto.web.people.choices import Choices
from aperto.web.people.doors import person, reauthenticated, user_of
from aperto.web.request import Request


class FeedForm(django_forms.Form):
    name = forms.text(gettext_lazy("Name"), help_text=gettext_lazy("What reads it: your telephone, for one."))
    view = django_forms.ChoiceField(label=gettext_lazy("What it holds"), required=False)


def offered(actor: Actor) -> Choices:
    """What one has planned oneself, then the saved views whose records have a date."""
    found = [("", _("What I have planned"))]
    for each in registry:
        if has_axis(actor, each) and each.group:
            views = [view for view in visible_views(actor, each.key) if view.name != each.key]
            found += [(str(view.pk), f"{each.plural}: {view.name}") for view in views]
    return found


@person
def show(request: Request) -> HttpResponse:
    return render(request, "calendar/feeds.html", {"feeds": feeds.of_user(user_of(request).pk)})


@person
@reauthenticated
def create(request: Request) -> HttpResponse:
    """The answer to the form is the only page that ever shows the address."""
    form = FeedForm(request.POST or None)
    forms.offer(form, "view", offered(request.actor))
    if request.method == "POST" and form.is_valid():
        view = form.cleaned_data["view"]
        try:
            feed, secret = feeds.create(
                request.actor, form.cleaned_data["name"], UUID(view) if view else None
            )
        except Invalid as invalid:
            forms.show(form, invalid)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            url = request.build_absolute_uri(reverse("calendar_feed", args=[secret]))
            return render(request, "calendar/feed_made.html", {"feed": feed, "address": url})
    return render(request, "calendar/feed_new.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@person
def revoke(request: Request, feed: UUID) -> HttpResponse:
    name = feeds.revoke(request.actor, feed).name
    messages.success(request, _("“%(name)s” opens nothing any more.") % {"name": name})
    return HttpResponseRedirect(reverse("calendar_feeds"))


@require_GET
@login_not_required
def read(request: HttpRequest, secret: str) -> HttpResponse:
    """The feed for whoever knows its address. All that it cannot be is simply not there."""
    feed = feeds.find(secret)
    if feed is None:
        raise Http404
    seconds = feeds.wait(feed)
    if seconds:
        return HttpResponse(status=429, headers={"Retry-After": str(seconds)})
    actor = feeds.reader(feed)
    if actor is ANONYMOUS:
        raise Http404
    try:
        body = written(feed, actor, request.build_absolute_uri("/").rstrip("/"))
    except (Missing, FieldError):
        raise Http404 from None
    headers = {"Content-Disposition": 'attachment; filename="calendar.ics"', "X-Robots-Tag": "noindex"}
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)
