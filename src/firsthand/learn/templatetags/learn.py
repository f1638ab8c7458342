from dataclasses import dataclass

from django.template import Library
from django.utils.translation import gettext as _

from firsthand.answer.models import Contact
from firsthand.learn.models import About
from firsthand.learn.pure import about as topics

register = Library()


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    chosen: bool


@register.simple_tag
def about_choices(contact: Contact | None, chosen: str | None = None) -> list[Choice]:
    """What an observation may be about, with the guess on top. Empty = decided by the concern when it is said,
    because on the desk the concern is often named after this field was drawn."""
    concern = contact.concern if contact else None
    if contact and not concern:
        first = [Choice("", str(_("as the concern says")), not chosen)]
    else:
        first = []
        chosen = chosen or topics.guess(concern.topic if concern else "")
    return first + [Choice(value, str(label), value == chosen) for value, label in About.choices]
