"""A small insurer to be attacked: three members, a file that is open, one that is open to somebody else, one
that was closed. What holds the marks, and what is made up beside it: planting.py, made_up.py.

Made by the house's own actions, so that what stands in the tables is what the house puts there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.utils import timezone

from firsthand.answer import actions as answer
from firsthand.answer.models import Contact
from firsthand.config.attack.marks import Marks
from firsthand.kernel import zones
from firsthand.know.models import Concern
from firsthand.know.pure import topics
from firsthand.learn.models import Observation
from firsthand.members.models import Cover, Household, Member
from firsthand.people import secrecy
from firsthand.people.models import Person, Role, SecrecySignature
from firsthand.plan.models import FrontWeek
from firsthand.protect import actions as protect
from firsthand.protect import queries, wall
from firsthand.protect.models import Confidence, Field, Opening, Review, Shield
from firsthand.protect.pure.categories import Category
from firsthand.protect.pure.screen import Sealed
from firsthand.train.models import Readiness

SIGNED = datetime(2026, 1, 1, tzinfo=UTC)
PURPOSE = "kvg_a"


@dataclass
class World:
    marks: Marks = field(default_factory=Marks)
    people: dict[str, Person] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)  # own, others, closed
    contacts: dict[str, Contact] = field(default_factory=dict)  # own, others: open; closed
    empty: list[str] = field(default_factory=list)  # tables and columns in which nothing could be planted
    nobodys: list[str] = field(default_factory=list)  # tables left empty, which are about nobody

    @property
    def own(self) -> Member:
        """Whose file is open to the helper as whom we attack."""
        return self.members["own"]

    @property
    def helper(self) -> Person:
        return self.people["helper"]


def build() -> World:
    world = World()
    _people(world)
    _catalogue()
    for number, name in enumerate(("own", "others", "closed"), 1):
        world.members[name] = _member(f"M{number}")
        _past(world, name)
    for name in ("own", "others"):
        _open(world, name)
    _asked(world)
    return world


def _people(world: World) -> None:
    version = secrecy.text().version
    names = ["helper", "colleague", "stranger", *(role.value for role in Role if role is not Role.HELPER)]
    until = timezone.localdate() + timedelta(days=30)
    for name in names:
        role = Role(name) if name in Role.values and name != "helper" else Role.HELPER
        person = Person.objects.create(
            email=f"{name}@firnlicht.example",
            name=f"{name.title()} Muster",
            roles=[role.value],
            languages=["de"],
            secrecy_signed_at=SIGNED,
            decides_on_staff=False,
        )
        SecrecySignature.objects.create(person=person, version=version, language="de")
        Readiness.objects.bulk_create(
            Readiness(person=person, topic=one, until=until) for one in topics.groups("CH")
        )
        world.people[name] = person


def _catalogue() -> None:
    today = timezone.localdate()
    FrontWeek.objects.create(name="Autumn", starts_on=today, ends_on=today)


def _concern() -> Concern:
    return Concern.objects.filter(country="CH").order_by("code")[0]


def _member(number: str) -> Member:
    """Cover long over, so that nobody may call them (protect_may_call); one of them is insured today."""
    home = Household.objects.create(
        number=f"H{number}", street="Weg 1", postcode="8001", town="Zürich", canton="ZH"
    )
    member = Member.objects.create(
        number=number,
        given_name="Given",
        family_name=f"Family{number}",
        sort_name=f"family{number} given",
        born_on="1951-11-11",
        household=home,
        language="de",
    )
    began = timezone.localdate() - timedelta(days=6000)
    Cover.objects.create(
        member=member,
        branch="basic",
        product="Basis",
        premium=300,
        starts_on=began,
        ends_on=began + timedelta(days=365),
    )
    return member


def _talking(world: World, who: str, member: Member) -> Contact:
    """A contact of this person's with this member, whose file is open."""
    person = world.people[who]
    answer.say_ready(person, instance="tab-1", by=person)
    contact = answer.arrive(language="de", carrier="browser", name="Somebody", phone="044 321 87 65")
    answer.sweep()
    contact.refresh_from_db()
    contact = answer.take(contact, by=person)
    Contact.objects.filter(pk=contact.pk).update(member=member)
    contact.refresh_from_db()
    protect.open_file(contact.pk, member, by=person)
    answer.name_concern(contact, _concern(), by=person)
    return contact


def _noted(world: World, contact: Contact, member: Member, by: Person) -> None:
    protect.write_note(contact.pk, member, words="Wants large print.", purpose=PURPOSE, by=by)
    mark = world.marks.new(
        "protect_confidence", "sealed", member.pk
    )  # what is sealed cannot be planted later
    sealed = [Sealed(Category.DEBT, f"Owes the rent {mark.word}")]
    protect.seal(contact.pk, member, field=Field.NOTE, purpose=PURPOSE, sealed=sealed, by=by)
    queries.file_for(by, contact.pk, branches=["basic"])  # a look: a row of the read log


def _past(world: World, name: str) -> None:
    """A contact that is over, and everything that can be kept of one."""
    member, helper = world.members[name], world.helper
    contact = _talking(world, "helper", member)
    answer.promise(contact, words="We write.", due_on=timezone.localdate(), by=helper)
    answer.hang_up(contact, by=helper)
    _noted(world, contact, member, helper)
    answer.close(contact, solved=True, then_away=True, by=helper)
    world.contacts[f"past {name}"] = contact
    with zones.of(zones.LEARN):
        Observation.objects.create(words="The letter is long.", contact_id=contact.pk, seen_by=helper)
    protect.give_consent(
        member,
        scopes=["basic"],
        way="written",
        wording="You may call.",
        name="x",
        address="x",
        company="x",
        by=helper,
    )
    protect.suppress(member=member, why="complaint", by=helper)
    Shield.objects.create(member=member, person=world.people["executive"], kind="relative", said_by=helper)
    glass = protect.break_glass(
        member, kind="letter", branch="basic", reason="A letter of theirs came", by=world.people["advisor"]
    )
    protect.close_opened(by=world.people["advisor"])
    Review.objects.create(break_glass=glass, says="asked", words="Why?", by=world.people["protection"])


def _open(world: World, name: str) -> None:
    who = "helper" if name == "own" else "colleague"
    contact = _talking(world, who, world.members[name])
    answer.promise(contact, words="We call.", due_on=timezone.localdate(), by=world.people[who])
    _noted(world, contact, world.members[name], world.people[who])
    world.contacts[name] = contact
    if name == "others":
        world.contacts["closed"] = world.contacts["past closed"]


def _asked(world: World) -> None:
    """Requests of data subjects, and who opened a confidence."""
    officer, today = world.people["protection"], timezone.localdate()
    with zones.of(zones.PROTECTION), wall.within({wall.RETENTION}, person=officer):
        sealed = dict(Confidence.objects.values_list("contact_id", "pk"))
    for contact, one in sealed.items():
        words = {"opened_by": world.helper, "reason": "Asked for on the line"}
        Opening.objects.create(confidence_id=one, contact_id=contact, **words)
    with zones.of(zones.PROTECTION):
        for number, member in enumerate(world.members.values(), 1):
            asked = protect.take_down("access", way="letter", member=member, by=officer)
            protect.restrict(member, norm="Art. 18 GDPR", request=asked, by=officer)
            protect.dispute(
                member, "protect_note", str(number), words="That is wrong.", request=asked, by=officer
            )
            protect.lift_hold(
                protect.hold(member, reason="Before a court", until=today, by=officer), by=officer
            )
