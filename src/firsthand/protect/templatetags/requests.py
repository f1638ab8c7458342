"""The form that stands on the desk for the member on the line."""

from django.template import Library

from firsthand.protect.forms.requesting import Ask

register = Library()


@register.simple_tag
def ask_form() -> Ask:
    return Ask(auto_id="ask-%s")
