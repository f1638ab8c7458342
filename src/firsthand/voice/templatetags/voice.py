"""Attributes for the elements that are telephones."""

import json

from django.conf import settings
from django.middleware.csrf import get_token
from django.template import Context, Library
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from firsthand.voice import phones
from firsthand.voice.models import Leg

register = Library()


@register.simple_tag(takes_context=True)
def phone_says(context: Context) -> SafeString:
    """How a script of this page proves to the server that it is ours."""
    csrf = json.dumps({"token": get_token(context["request"]), "cookie": settings.CSRF_COOKIE_NAME})
    return format_html('data-csrf="{}"', csrf)


@register.simple_tag(takes_context=True)
def phone_of(context: Context, leg: Leg | None) -> SafeString:
    """The leg this element is the telephone of; nothing when there is no call."""
    if leg is None:
        return SafeString("")
    described = phones.describe(context["request"], leg)
    attributes = [("data-leg", json.dumps(described)), ("data-live-messages", described["live"])]
    return format_html_join(" ", '{}="{}"', attributes)
