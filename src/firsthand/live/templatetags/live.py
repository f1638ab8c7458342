"""`{% live "wall" %}` on an element: its inside is fetched again whenever the topic is touched."""

from django.template import Context, Library
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from firsthand.live import topics
from firsthand.live.pure.mail import checked

register = Library()


@register.simple_tag(takes_context=True)
def live(
    context: Context,
    *topic: object,
    also: str = "",
    slow: str = "",
    url: str = "",
    part: str = "",
    throttle: object = 0,
    anyone: bool = False,
) -> SafeString:
    """The element stays, its inside is swapped. Several words make one topic: `{% live "desk" person.pk %}`.

    `also` names further topics (`"queue,board"`), `part` the partial to ask for when the page has several,
    `throttle` the least seconds between two fetches; with `slow` topics it holds for these only, and what the
    part is about is shown at once. `anyone`: a caller's page, which outlives a sign-in in
    the same browser.
    """
    signed = " ".join(
        _sign(context, name, anyone)
        for name in [_joined(topic), *filter(None, [*also.split(","), *slow.split(",")])]
    )
    attributes = {
        "data-live": signed,
        "data-live-url": url or context["request"].get_full_path(),
        "data-live-part": part,
        "data-live-slow": slow.replace(",", " "),
        "data-live-throttle": int(float(str(throttle).removesuffix("s")) * 1000) or "",
    }
    return format_html_join(" ", '{}="{}"', [(name, value) for name, value in attributes.items() if value])


@register.simple_tag(takes_context=True)
def live_topic(context: Context, *topic: object, anyone: bool = False) -> str:
    """The signed topic alone, for an attribute of one's own."""
    return _sign(context, _joined(topic), anyone)


def _joined(topic: tuple[object, ...]) -> str:
    return ":".join(str(word) for word in topic)


def _sign(context: Context, topic: str, anyone: bool) -> str:
    who = topics.ANYONE if anyone else topics.reader(context["request"])
    return topics.sign(checked(topic.strip()), who)
