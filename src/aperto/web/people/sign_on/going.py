"""The page between ours and the provider's. A redirect would be refused by the browser: our policy lets forms
lead to ourselves alone, and it counts where their answers lead."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render


def on_the_way(request: HttpRequest, name: str, answer: HttpResponse) -> HttpResponse:
    """A page that goes where `answer` would have gone; any other answer stays as it is."""
    if not isinstance(answer, HttpResponseRedirect):
        return answer
    page = render(request, "people/sign_on/going.html", {"name": name, "address": answer.url})
    page.headers["Referrer-Policy"] = "no-referrer"
    return page
