"""Somebody's half-days as a calendar program reads them (RFC 5545). No colleague's name, no caller's, stands in it."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from firsthand.people.models import Person
from firsthand.plan.models import Feed
from firsthand.plan.queries import roster


def person_with(token: str) -> Person | None:
    """Whose link this is; nobody's when it was taken back or they no longer work here."""
    feeds = Feed.objects.select_related("person").filter(person__is_active=True)
    feed = feeds.filter(digest=digest(token)).first()
    return feed.person if feed else None


def digest(token: str) -> str:
    """What is kept of the link: no table tells it to anybody."""
    return hashlib.sha256(token.encode()).hexdigest()


def has_feed(person: Person) -> bool:
    return Feed.objects.filter(person=person).exists()


def calendar(person: Person) -> bytes:
    from icalendar import Calendar, Event  # a tenth of a second: only who asks for a calendar waits for it

    made = Calendar()
    made.add("prodid", "-//Firsthand//front week//EN")
    made.add("version", "2.0")
    with translation.override(person.language or settings.LANGUAGE_CODE):
        made.add("x-wr-calname", _("Front week"))
        for one in roster.mine(person):
            event = Event()
            event.add("uid", f"half-day-{one.pk}@firsthand")
            event.add("dtstamp", timezone.now())
            event.add("dtstart", one.starts_at)
            event.add("dtend", one.ends_at)
            event.add("summary", _("Front week: training") if one.training else _("Front week: on the phone"))
            event.add("location", one.training.place if one.training else one.room.name if one.room else "")
            made.add_component(event)
    return bytes(made.to_ical())
