"""`{% seat_token %}`: by it a page says that it is there."""

from django.template import Context, Library

from firsthand.answer import tokens

register = Library()


@register.simple_tag(takes_context=True)
def seat_token(context: Context) -> str:
    return tokens.sign(context["request"].user.pk)
