"""The page behind a one-time link. Opening it changes nothing, since mail scanners and previews open links
too; its button signs in, through the same steps as a password: a second factor is asked for here as well.
"""

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from aperto.kernel.access import links, organisation


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    user = links.use(token) if request.method == "POST" else None
    if user is not None:
        begun = user.has_usable_password() or organisation.current().demo
        after = settings.LOGIN_REDIRECT_URL if begun else reverse("security")
        answer: HttpResponse = perform_login(request, user, redirect_url=after)
    else:
        usable = request.method != "POST" and links.is_usable(token)
        answer = render(
            request, "people/sign_in_link.html", {"usable": usable}, status=200 if usable else 404
        )
    # The address is the secret, so no other site is told; with no referrer at all the form's Origin is null.
    answer.headers["Referrer-Policy"] = "same-origin"
    return answer
