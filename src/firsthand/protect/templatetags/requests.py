"""The form that stands on the desk for the member on the line."""

from django.template import Library

from firsthand.protect.forms.requesting import Ask

register = Library()


@register.simple_tag
def ask_form(filled: Ask | str = "") -> Ask:
    """`filled`: the one that came back with a question; the page around may have a `form` of its own."""
    return filled if isinstance(filled, Ask) else Ask()
