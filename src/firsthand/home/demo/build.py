"""Make Firnlicht, an insurer that does not exist: the same seed makes the same people, members and words."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from django.db import transaction
from django.utils.timezone import localdate, now

from firsthand.home.demo import asked, contacts, heard, insured, planned
from firsthand.home.demo import people as staff
from firsthand.journal import actions as journal
from firsthand.know import actions as know
from firsthand.learn import actions as learn
from firsthand.people.models import Person
from firsthand.plan.models import FrontWeek
from firsthand.train.models import Readiness

SEED = 1912
OTTO = "otto@firnlicht.example"
MEMBERS = 2000
OWNERS = {"terms": "Dario Favre", "portal": "Silvan Ruckstuhl", "letters": "Monique Aeschbacher"}


def there() -> bool:
    return bool(Person.objects.filter(email=OTTO).exists())


@transaction.atomic
def build(*, by: Person | None = None, members: int = MEMBERS, years: int = planned.YEARS) -> bool:
    """False when it is already there. All or nothing: half a world is none."""
    if there():
        return False
    rng, today, until = Random(SEED), localdate(), now() - timedelta(minutes=2)  # noqa: S311  drawn, not secret
    know.load_catalogue(by=by)
    known = staff.people()
    staff.readiness(known, today)
    otto = known["Otto Wyss"]
    planned.weeks(today, list(known.values()), Random(SEED), by=otto)  # noqa: S311
    planned.volumes(planned.queues(), today - timedelta(days=1), by=otto, years=years)
    planned.events(today, by=otto)
    ruth = insured.frau_keller()
    insurance = insured.members(rng, members - 1, today)
    past = contacts.Past(rng, known, insurance)
    contacts.contacts(past, ruth, known["Edith Marti"], today, until)
    heard.observations(rng, known, today, until)
    for about, name in OWNERS.items():
        learn.hand_over(about, known[name], by=known["Otto Wyss"])
    asked.requests(ruth, insurance[0], known["Petra Vogt"], known["Edith Marti"])
    asked.last_night()
    planned.have_it_planned()
    journal.record("demo_built", known["Otto Wyss"], by=by, members=members, people=len(known))
    return True


@transaction.atomic
def ensure_today(*, by: Person | None = None) -> bool:
    """Started on another day: the front week is on, and whoever was ready still is. False: it was already."""
    today = localdate()
    ends = today + timedelta(days=staff.DAYS)
    week = FrontWeek.objects.order_by("-ends_on").first()
    if not there() or week is None or week.ends_on > today:
        return False
    planned.go_on(week, today, ends, by=Person.objects.get(email=OTTO))
    Readiness.objects.filter(until__lt=ends).update(until=ends + timedelta(days=21))
    journal.record("front_week_extended", week, by=by, until=ends.isoformat())
    return True
