"""The provider's addresses, a door by which a test enters as one of its people, and forged signatures."""

import json

import jwt
from allauth.core.internal import jwkkit
from allauth.idp.oidc import views
from django.conf import settings
from django.contrib.auth import get_user_model, login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from tests.identity import site


def enter(request: HttpRequest, name: str) -> HttpResponse:
    user, _made = get_user_model().objects.get_or_create(username=name)  # type: ignore[misc]  # Django's own user here
    login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return HttpResponse("in")


@csrf_exempt
def token(request: HttpRequest) -> HttpResponseBase:
    """Signed as "_forge" of anybody says: not at all, or with what everybody knows as if it were a secret."""
    answer = views.token(request)
    ways = [person["_forge"] for person in site.told().values() if "_forge" in person]
    if not ways or answer.status_code != 200:
        return answer  # type: ignore[no-any-return]
    told = json.loads(answer.content)
    claims = jwt.decode(told["id_token"], options={"verify_signature": False})
    header = {"kid": jwt.get_unverified_header(told["id_token"])["kid"]}
    own: str = settings.IDP_OIDC_PRIVATE_KEY  # type: ignore[misc]  # of the other site
    public = json.dumps(jwkkit.load_jwk_from_pem(own)[0]).encode()
    foreign: dict[str, str | bytes] = {"none": "", "HS256": public, "RS256": site.key()}
    told["id_token"] = jwt.encode(claims, foreign[ways[0]], algorithm=ways[0], headers=header)
    return HttpResponse(json.dumps(told), content_type="application/json")


urlpatterns = [
    path("enter/<str:name>", enter),
    path("identity/o/api/token", token),
    path("", include("allauth.idp.urls")),
]
