"""Where only the providers open the product, passwords, passkeys and codes by mail are shut."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from aperto.kernel.access import sign_ons

type View = Callable[..., HttpResponseBase]


def own_way(view: View, *, shown: bool = False) -> View:
    """Leads back to the sign-in page instead; `shown` is that page itself, which may be read."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if (shown and request.method in {"GET", "HEAD"}) or sign_ons.own_ways():
            return view(request, *args, **kwargs)
        messages.error(request, _("Sign in by your organisation's provider."))
        return HttpResponseRedirect(reverse("account_login"))

    return opened
