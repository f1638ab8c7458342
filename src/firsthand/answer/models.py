from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from firsthand.know.models import Concern
from firsthand.members.models import Member
from firsthand.people.models import Language, Person
from firsthand.voice.models import Call


class Rules(models.Model):
    """What the insurer may set about answering; one row, each change with a journal entry."""

    offer_seconds = models.PositiveSmallIntegerField(_("an offer stands for (seconds)"), default=20)
    target_seconds = models.PositiveSmallIntegerField(_("answered in time means within (seconds)"), default=30)
    target_share = models.PositiveSmallIntegerField(_("goal: answered in time (per cent)"), default=80)
    solved_share = models.PositiveSmallIntegerField(_("goal: solved at first contact (per cent)"), default=75)

    class Meta:
        constraints = [models.CheckConstraint(name="rules_one_row", condition=models.Q(pk=1))]

    def __str__(self) -> str:
        return "rules"


class Case(models.Model):
    """What one member wants, over all its contacts."""

    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="cases")
    concern = models.ForeignKey(Concern, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(db_default=Now())

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

    person = models.OneToOneField(Person, models.PROTECT, related_name="seat")
    state = models.CharField(max_length=10, choices=State, default=State.AWAY)
    languages = ArrayField(models.CharField(max_length=5), default=list)
    topics = ArrayField(models.CharField(max_length=20), default=list)
    fit_until = models.DateTimeField(null=True)
    ready_at = models.DateTimeField(null=True)  # since when; the longest idle is offered first
    seen_at = models.DateTimeField(null=True)  # the last heartbeat of the desk
    instance = models.CharField(max_length=40, blank=True, default="")  # the tab that has the desk
    synthetic = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"seat {self.pk}"


class ContactQuerySet(models.QuerySet["Contact"]):
    def queued(self) -> ContactQuerySet:
        return self.filter(state__in=[Contact.State.WAITING, Contact.State.CALLBACK])

    def open(self) -> ContactQuerySet:
        return self.exclude(state__in=[Contact.State.CLOSED, Contact.State.ABANDONED])


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
    held_for = models.ForeignKey(Seat, models.SET_NULL, null=True, related_name="+")
    held_until = models.DateTimeField(null=True)
    declined_by = ArrayField(models.BigIntegerField(), default=list)  # seats whose offer expired, in this round
    offered_at = models.DateTimeField(null=True)
    connected_at = models.DateTimeField(null=True)
    talk_at = models.DateTimeField(null=True)  # first audible
    hung_up_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    # Read by the trigger that writes the event: why the row moved, and who moved it (null = the house).
    moved_why = models.CharField(max_length=30, blank=True, default="")
    moved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=0)
    # The record
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="contacts")
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="contacts")
    verify_tries = models.PositiveSmallIntegerField(default=0)
    concern = models.ForeignKey(Concern, models.PROTECT, null=True, related_name="+")
    answered = models.TextField(blank=True, default="")
    solved = models.BooleanField(null=True)

    objects = ContactQuerySet.as_manager()

    def __str__(self) -> str:
        return f"contact {self.pk}"


class ContactEvent(models.Model):
    """Every move of a contact, written by a trigger with the database's time; append only, a partition a month."""

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


class Promise(models.Model):
    """What a caller was promised, and by when."""

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="promises")
    words = models.CharField(max_length=500)
    due_on = models.DateField()
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    kept_at = models.DateTimeField(null=True)
    kept_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"promise {self.pk}"
