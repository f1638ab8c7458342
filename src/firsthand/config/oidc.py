"""Sign-in through the insurer's own identity provider, when one is named in the environment."""

from typing import Any
from urllib.parse import urlsplit

from firsthand.config import env


def origins() -> list[str]:
    """Where a sign-in form may lead: browsers hold a form's redirects, too, to the content policy.

    The provider's page may stand elsewhere than its issuer; then FIRSTHAND_OIDC_ORIGINS names it.
    """
    issuer = urlsplit(env.text("FIRSTHAND_OIDC_ISSUER"))
    own = [f"{issuer.scheme}://{issuer.netloc}"] if issuer.netloc else []
    return [*own, *env.words("FIRSTHAND_OIDC_ORIGINS")]


def apps() -> list[str]:
    """Only where it is used: it brings a whole HTTP client, a third of a second at every start."""
    return ["allauth.socialaccount.providers.openid_connect"] if env.text("FIRSTHAND_OIDC_ISSUER") else []


def providers() -> dict[str, Any]:
    issuer = env.text("FIRSTHAND_OIDC_ISSUER")
    if not issuer:
        return {}
    app = {
        "provider_id": "house",
        "name": env.text("FIRSTHAND_OIDC_NAME", "OpenID Connect"),
        "client_id": env.text("FIRSTHAND_OIDC_CLIENT_ID"),
        "secret": env.text("FIRSTHAND_OIDC_CLIENT_SECRET"),
        "settings": {"server_url": issuer},
    }
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}
