from __future__ import annotations

import uuid
from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from firsthand.know.models import Concern
from firsthand.members.models import Member
from firsthand.people.models import Language, Person
from firsthand.voice.models import Call

# What one field of a record may hold: longer is a pasted file, not an answer.
WORDS = 4_000
SEATED = ["offered", "connected", "wrap_up"]
QUEUED = ["waiting", "callback"]
ENDED = ["closed", "abandoned"]


class Rules(models.Model):
    """What the insurer may set about answering; one row, each change with a journal entry."""

    offer_seconds = models.PositiveSmallIntegerField(_("an offer stands for (seconds)"), default=20)
    target_seconds = models.PositiveSmallIntegerField(
        _("answered in time means within (seconds)"), default=30
    )
    target_share = models.PositiveSmallIntegerField(_("goal: answered in time (per cent)"), default=80)
    solved_share = models.PositiveSmallIntegerField(_("goal: solved at first contact (per cent)"), default=75)

    class Meta:
        constraints = [
            models.CheckConstraint(name="rules_one_row", condition=models.Q(pk=1)),
            models.CheckConstraint(
                name="rules_within_reason",
                condition=models.Q(offer_seconds__range=(5, 120), target_seconds__range=(5, 3600))
                & models.Q(target_share__lte=100, solved_share__lte=100),
            ),
        ]

    def __str__(self) -> str:
        return "rules"


class Case(models.Model):
    """What one member wants, over all its contacts."""

    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="cases")
    concern = models.ForeignKey(Concern, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(name="case_of_a_member", fields=["member", "concern"])]

    def __str__(self) -> str:
        return f"case {self.pk}"


class Seat(models.Model):
    """Where one person answers. Languages and topics are copied when somebody says "ready", so that one
    statement on this row can decide; `fit_until` is when the first of the copied readiness ends."""

    class State(models.TextChoices):
        AWAY = "away", _("not ready")
        READY = "ready", _("ready")
        OFFERED = "offered", _("being offered a contact")
        TALKING = "talking", _("in a contact")
        WRAP_UP = "wrap_up", _("wrapping up")

    class Away(models.TextChoices):
        """Why a seat is not ready, so that its page can say it."""

        SAID = "said", _("said so")
        NO_ANSWER = "no_answer", _("did not answer an offer")
        LOST = "lost", _("the page went silent")
        UNFIT = "unfit", _("readiness has ended")
        UNSIGNED = "unsigned", _("the duty of secrecy has a new text")

    id: int
    person = models.OneToOneField(Person, models.PROTECT, related_name="seat")
    state = models.CharField(max_length=10, choices=State, default=State.AWAY)
    away_why = models.CharField(max_length=10, choices=Away, blank=True, default="")
    languages = ArrayField(models.CharField(max_length=5), default=list)
    topics = ArrayField(models.CharField(max_length=20), default=list)
    fit_until = models.DateTimeField(null=True)
    # Its person has a say in personnel matters. Written by triggers only (sql/shield.sql).
    decides = models.BooleanField(default=False)
    ready_at = models.DateTimeField(null=True)  # since when; the longest idle is offered first
    seen_at = models.DateTimeField(null=True)  # the last heartbeat of the desk
    instance = models.CharField(max_length=40, blank=True, default="")  # the tab that has the desk
    synthetic = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        # The matcher walks the ready ones, longest idle first. `seen_at` stands in no index: heartbeats
        # stay cheap.
        indexes = [models.Index(name="seat_ready", fields=["ready_at"], condition=models.Q(state="ready"))]

    def __str__(self) -> str:
        return f"seat {self.pk}"

    @property
    def busy(self) -> bool:
        return self.state in (Seat.State.OFFERED, Seat.State.TALKING, Seat.State.WRAP_UP)


class ContactQuerySet(models.QuerySet["Contact"]):
    def queued(self) -> ContactQuerySet:
        return self.filter(state__in=QUEUED)

    def seated(self) -> ContactQuerySet:
        return self.filter(state__in=SEATED)

    def open(self) -> ContactQuerySet:
        return self.exclude(state__in=ENDED)

    def of(self, person: Person) -> ContactQuerySet:
        """What this person's seat has before it now: nobody gets at a contact in another way."""
        return self.seated().filter(seat__person=person)


class Contact(models.Model):
    """One time somebody reached us. A new contact is a new row in a case."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        CALLBACK = "callback", _("to be called back")
        OFFERED = "offered", _("offered")
        CONNECTED = "connected", _("in conversation")
        WRAP_UP = "wrap_up", _("wrapping up")
        CLOSED = "closed", _("closed")
        ABANDONED = "abandoned", _("gave up waiting")

    id: int
    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    language = models.CharField(max_length=5, choices=Language)
    topic = models.CharField(max_length=20, blank=True, default="")  # as the caller chose; empty = not said
    synthetic = models.BooleanField(default=False)
    call = models.OneToOneField(Call, models.PROTECT, null=True, related_name="contact")
    # What the caller typed: a guess, never shown as fact.
    caller_name = models.CharField(max_length=120, blank=True, default="")
    caller_phone = models.CharField(max_length=20, blank=True, default="")
    callback_phone = models.CharField(max_length=20, blank=True, default="")
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="contacts")
    queued_at = models.DateTimeField(db_default=Now())  # the place in the queue; kept when it is queued again
    # An open contact always has a moment at which the sweeper looks at it again.
    wake_at = models.DateTimeField(null=True)
    # The caller's page is silent: keeps its place, is not offered.
    paused = models.BooleanField(default=False)
    # A helper's page went silent in mid-call: for some seconds the contact is kept for that seat.
    held_for = models.ForeignKey(Seat, models.SET_NULL, null=True, related_name="+", db_index=False)
    held_until = models.DateTimeField(null=True)
    declined_by = ArrayField(
        models.BigIntegerField(), default=list
    )  # seats whose offer expired, in this round
    # The caller may be somebody who works here, or a relative: kept from seats whose person decides about
    # staff, and from these people. A guess is enough; looked up at arrival, for good once somebody was
    # verified.
    shielded = models.BooleanField(default=False)
    kept_from = ArrayField(models.BigIntegerField(), default=list)
    offered_at = models.DateTimeField(null=True)
    connected_at = models.DateTimeField(null=True)
    talk_at = models.DateTimeField(null=True)  # first audible
    hung_up_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    # Read by the trigger that writes the event: why the row moved, and who moved it (null = the house).
    moved_why = models.CharField(max_length=30, blank=True, default="")
    moved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    version = models.PositiveIntegerField(default=0)
    # The record
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="contacts", db_index=False)
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="contacts", db_index=False)
    verify_tries = models.PositiveSmallIntegerField(default=0)
    concern = models.ForeignKey(Concern, models.PROTECT, null=True, related_name="+", db_index=False)
    answered = models.TextField(blank=True, default="")
    # The note while it is being typed; when the contact closes it becomes a protect.Note with its purpose,
    # and is empty.
    note_words = models.TextField(blank=True, default="")
    note_purpose = models.CharField(max_length=20, blank=True, default="")
    # What the helper says this concern needs after all: [{"field", "category", "print", "why"}]. Screened
    # again, the words are known by their print and nobody is asked twice.
    needed = models.JSONField(default=list)
    solved = models.BooleanField(null=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        constraints = [
            # The guarantee under all matching: whatever a writer gets wrong, a seat never has two contacts.
            models.UniqueConstraint(
                name="one_contact_a_seat", fields=["seat"], condition=models.Q(state__in=SEATED)
            ),
            # What else must be true of a row stands in sql/moves.sql, as one CHECK that calls one function.
        ]
        indexes = [
            # The queue in its order: as long as the queue, whatever stands closed in the table.
            models.Index(
                name="contact_queue", fields=["queued_at", "id"], condition=models.Q(state__in=QUEUED)
            ),
            # Its lanes, each in its order: whom a seat may take is found at their heads, however many others wait.
            models.Index(
                name="contact_lane",
                fields=["synthetic", "language", "topic", "queued_at", "id"],
                condition=models.Q(state__in=QUEUED, paused=False, held_for__isnull=True),
            ),
            # What the sweeper looks at: the open ones only.
            models.Index(name="contact_wake", fields=["wake_at"], condition=models.Q(closed_at__isnull=True)),
            # Every move writes a new row into every index that has it: so each of these has only the rows it is
            # asked for. Today's for the wall, out of ten million: a range at the end of the first two.
            models.Index(
                name="contact_connected",
                fields=["connected_at"],
                condition=models.Q(connected_at__isnull=False),
            ),
            models.Index(
                name="contact_closed", fields=["closed_at"], condition=models.Q(closed_at__isnull=False)
            ),
            models.Index(
                name="contact_history",
                fields=["member", "-queued_at"],
                condition=models.Q(member__isnull=False),
            ),
            models.Index(name="contact_of_a_case", fields=["case"], condition=models.Q(case__isnull=False)),
            models.Index(
                name="contact_held", fields=["held_for"], condition=models.Q(held_for__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"contact {self.pk}"

    @property
    def taken_by(self) -> Seat:
        """The seat of a contact that has one."""
        if self.seat is None:
            raise ValueError(f"{self} has no seat")
        return self.seat

    @property
    def is_callback(self) -> bool:
        return bool(self.callback_phone)


class ContactEvent(models.Model):
    """Every move of a contact, written by a trigger with the database's time; append only, a partition a
    month.
    """

    pk = models.CompositePrimaryKey("contact_id", "version", "at")
    contact_id = models.BigIntegerField()
    version = models.PositiveIntegerField()
    at = models.DateTimeField()
    state = models.CharField(max_length=10)
    seat_id = models.BigIntegerField(null=True)
    why = models.CharField(max_length=30)
    by_id = models.BigIntegerField(null=True)

    class Meta:
        managed = False
        db_table = "answer_contactevent"

    def __str__(self) -> str:
        return f"{self.contact_id} {self.state}"


class PromiseQuerySet(models.QuerySet["Promise"]):
    def open(self) -> PromiseQuerySet:
        return self.filter(kept_at=None)

    def free(self, today: date) -> PromiseQuerySet:
        """Due, and nobody has taken it over from who gave their word."""
        return self.open().filter(taken_by=None, due_on__lte=today)


class Promise(models.Model):
    """What a caller was promised, and by when."""

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="promises")
    words = models.CharField(max_length=500)
    due_on = models.DateField()
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    taken_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)
    kept_at = models.DateTimeField(null=True)
    kept_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = PromiseQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(name="promise_open", fields=["due_on"], condition=models.Q(kept_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"promise {self.pk}"
