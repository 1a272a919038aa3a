"""What the provider says of a person: what the test wrote, honest or not."""

from typing import Any

from allauth.idp.oidc.adapter import DefaultOIDCAdapter

from tests.identity import site


class Claims(DefaultOIDCAdapter):  # type: ignore[misc]  # allauth is not typed
    def get_claims(self, purpose: str, user: Any, *_about: Any, **_more: Any) -> dict[str, Any]:
        """Claims under "_id_token" and "_userinfo" are said there alone."""
        claims = site.told()[user.username]
        said = {key: value for key, value in claims.items() if not key.startswith("_")}
        return {"sub": f"subject-{user.username}", **said, **claims.get(f"_{purpose}", {})}
