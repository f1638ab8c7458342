from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from firsthand.members.models import Member


class RequestKind(models.TextChoices):
    ACCESS = "access", _("Access: what is kept about me?")
    CORRECTION = "correction", _("Correction: something is wrong")
    ERASURE = "erasure", _("Erasure: delete it")
    RESTRICTION = "restriction", _("Restriction: keep it, but do not use it")
    PORTABILITY = "portability", _("Portability: give me what I told you, for another insurer")


class RequestWay(models.TextChoices):
    CALL = "call", _("by telephone")
    LETTER = "letter", _("by letter")
    MAIL = "mail", _("by e-mail")
    DESK = "desk", _("in person")
    PORTAL = "portal", _("through the portal")


class Identity(models.TextChoices):
    """How we know that it is the person. Nobody's file is sent to somebody who only says so."""

    FACTS = "facts", _("verified in a call: the name and two facts of three")
    PAPERS = "papers", _("a copy of an identity card")
    PORTAL = "portal", _("signed in to the portal")
    ADDRESS = "address", _("answered to the address in the register")
    NUMBER = "number", _("called back on the number itself")
    STAFF = "staff", _("works here, known in person")


class Decision(models.TextChoices):
    GRANTED = "granted", _("granted")
    PARTLY = "partly", _("partly granted")
    REFUSED = "refused", _("refused")


class RequestQuerySet(models.QuerySet["Request"]):
    def open(self) -> RequestQuerySet:
        return self.exclude(state=Request.State.ANSWERED)


class Request(models.Model):
    """What somebody asks of us about their data, by when we owe an answer, and how it was decided."""

    class State(models.TextChoices):
        RECEIVED = "received", _("received")
        CHECKED = "checked", _("identity checked")
        WORKING = "working", _("in work")
        DECIDED = "decided", _("decided")
        ANSWERED = "answered", _("answered")

    id: int
    kind = models.CharField(max_length=12, choices=RequestKind)
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVED)
    # One of three: an insured person, a colleague, or a number from which somebody called.
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="requests")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="requests")
    phone = models.CharField(max_length=20, blank=True, default="")
    words = models.CharField(max_length=1000, blank=True, default="")  # what exactly is asked for
    way = models.CharField(max_length=8, choices=RequestWay)
    received_on = models.DateField()
    country = models.CharField(max_length=2)
    identity = models.CharField(max_length=8, choices=Identity, blank=True, default="")
    due_on = models.DateField()
    prolonged_why = models.CharField(max_length=300, blank=True, default="")
    decision = models.CharField(max_length=8, choices=Decision, blank=True, default="")
    norm = models.CharField(max_length=120, blank=True, default="")  # why not, or not all
    # What was done: handed over once, erased once.
    handed_over_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(db_default=Now())
    answered_at = models.DateTimeField(null=True)
    # Read by the trigger that writes the event.
    moved_why = models.CharField(max_length=20, default="taken_down")
    moved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = RequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="request_has_one_subject",
                condition=models.Q(member__isnull=False, person__isnull=True, phone="")
                | models.Q(member__isnull=True, person__isnull=False, phone="")
                | (models.Q(member__isnull=True, person__isnull=True) & ~models.Q(phone="")),
            ),
            models.CheckConstraint(
                name="request_says_why_not",
                condition=~models.Q(decision__in=["partly", "refused"]) | ~models.Q(norm=""),
            ),
            models.CheckConstraint(
                name="request_decided_has_a_decision",
                condition=models.Q(state__in=["received", "checked", "working"], decision="")
                | (models.Q(state__in=["decided", "answered"]) & ~models.Q(decision="")),
            ),
            models.CheckConstraint(
                name="request_of_somebody_known",
                condition=models.Q(state="received")
                | ~models.Q(identity="")
                | models.Q(state__in=["decided", "answered"], decision="refused"),
            ),
        ]
        indexes = [
            models.Index(name="request_due", fields=["due_on"], condition=~models.Q(state="answered")),
        ]

    def __str__(self) -> str:
        return f"request {self.pk}"

    @property
    def days_left(self) -> int:
        return (self.due_on - timezone.localdate()).days

    @property
    def overdue(self) -> bool:
        return self.state != Request.State.ANSWERED and self.days_left < 0

    @property
    def prolonged(self) -> bool:
        return bool(self.prolonged_why)


class RequestEvent(models.Model):
    """Every move of a request, written by a trigger; append only."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="events")
    at = models.DateTimeField()
    state = models.CharField(max_length=10)
    why = models.CharField(max_length=20)
    due_on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(name="request_event", fields=["request", "id"])]

    def __str__(self) -> str:
        return f"{self.request_id} {self.why}"
