"""Sign-in through the insurer's own identity provider, when one is named in the environment."""

from typing import Any

from firsthand.config import env


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
