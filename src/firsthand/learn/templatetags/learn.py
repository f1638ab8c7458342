from dataclasses import dataclass

from django.template import Context, Library
from django.utils.translation import gettext as _

from firsthand.answer.models import Contact
from firsthand.learn import queries
from firsthand.learn.models import About
from firsthand.learn.pure import about as topics
from firsthand.learn.queries import Said

register = Library()


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    chosen: bool


@register.simple_tag(takes_context=True)
def contact_here(context: Context) -> Contact | None:
    """The contact of the page around, if there is one: as `contact`, or on the desk."""
    return context.get("contact") or getattr(context.get("desk"), "contact", None)


@register.simple_tag(takes_context=True)
def newest_heard(context: Context, how_many: int = 1) -> list[Said]:
    """For pages of other rooms."""
    return queries.newest(context["request"].user, how_many)


@register.simple_tag
def about_choices(contact: Contact | None, chosen: str | None = None) -> list[Choice]:
    """What an observation may be about, the guess chosen.

    Empty = the concern decides when it is said: on the desk it is often named after this field was drawn.
    """
    concern = contact.concern if contact else None
    if contact and not concern:
        first = [Choice("", str(_("as the concern says")), not chosen)]
    else:
        first = []
        chosen = chosen or topics.guess(concern.topic if concern else "")
    return first + [Choice(value, str(label), value == chosen) for value, label in About.choices]
