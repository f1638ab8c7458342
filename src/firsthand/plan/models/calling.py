"""Who is called up, who volunteers, when they cannot, what they would rather."""

from __future__ import annotations

from datetime import date, time, timedelta

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from firsthand.kernel.fields import Listed
from firsthand.people.models import Language, Person
from firsthand.plan.models.weeks import FrontWeek, Shift


class CallUpQuerySet(models.QuerySet["CallUp"]):
    def coming(self) -> CallUpQuerySet:
        """Whom a roster may put to work: nobody who was excused, has declined, or works here no longer."""
        return self.filter(answer__in=[CallUp.Answer.NONE, CallUp.Answer.YES], person__is_active=True)


class CallUp(models.Model):
    """One colleague in one front week: called up with the division, or there of their own will."""

    class Kind(models.TextChoices):
        DIVISION = "division", pgettext_lazy("one colleague", "called up")
        VOLUNTEER = "volunteer", _("volunteer")

    class Answer(models.TextChoices):
        NONE = "none", _("no answer yet")
        YES = "yes", _("is coming")
        NO = "no", _("cannot come")  # why is between them and the organiser: it is not kept
        EXCUSED = "excused", _("excused by the organiser")

    week = models.ForeignKey(FrontWeek, models.CASCADE, related_name="callups")
    person = models.ForeignKey(Person, models.CASCADE, related_name="callups")
    kind = Listed(max_length=9, choices=Kind)
    answer = Listed(max_length=7, choices=Answer, default=Answer.NONE)
    returner = models.BooleanField(_("was there before"), default=False)  # a refresher is enough
    part_percent = models.PositiveSmallIntegerField(_("employed (per cent)"), default=100)
    least_shifts = models.PositiveSmallIntegerField(null=True, blank=True)  # empty: as the week's rules say
    most_shifts = models.PositiveSmallIntegerField(null=True, blank=True)
    called_at = models.DateTimeField(db_default=Now())
    answered_at = models.DateTimeField(null=True)

    objects = CallUpQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="called_up_once_a_week", fields=["week", "person"]),
            models.CheckConstraint(name="part_percent_of_a_job", condition=Q(part_percent__range=(5, 100))),
        ]

    def __str__(self) -> str:
        return f"call-up {self.pk}"


class Post(models.TextChoices):
    """What is written to colleagues about one front week."""

    CALLUP = "callup", _("Call-up letter")
    INVITATION = "invitation", _("Invitation of volunteers")
    REMINDER = "reminder", _("Reminder to answer")
    ROSTER = "roster", _("Published roster")
    CHANGED = "changed", _("Changed half-days")
    EXCHANGE = "exchange", _("Wish to exchange")

    @property
    def by_itself(self) -> bool:
        """Goes out when something happens, as often as it does; the others when an organiser sends them."""
        return self in (Post.ROSTER, Post.CHANGED, Post.EXCHANGE)


class Letter(models.Model):
    """The words of a letter in one language, where a week does not use the house's own (`plan.pure.letters`)."""

    week = models.ForeignKey(FrontWeek, models.CASCADE, related_name="letters")
    kind = Listed(max_length=10, choices=Post)
    language = Listed(max_length=5, choices=Language)
    subject = models.CharField(_("subject"), max_length=120)
    words = models.TextField(_("text"), max_length=4000)

    class Meta:
        constraints = [models.UniqueConstraint(name="letter_once", fields=["week", "kind", "language"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.language} of week {self.week_id}"


class Mailing(models.Model):
    """One letter to one colleague, sent by a job. What was begun and never ended may have arrived: an organiser
    decides, nothing is sent twice by itself. Of letters that go out by themselves it is the newest of its kind.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("is being sent")
        SENDING = "sending", _("perhaps sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("could not be sent")

    week = models.ForeignKey(FrontWeek, models.CASCADE, related_name="mailings")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    kind = Listed(max_length=10, choices=Post)
    state = Listed(max_length=7, choices=State, default=State.WAITING)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())  # of the last change of state

    class Meta:
        constraints = [models.UniqueConstraint(name="mailed_once", fields=["week", "person", "kind"])]
        indexes = [models.Index(name="mailing_by_state", fields=["week", "kind", "state"])]

    def __str__(self) -> str:
        return f"mailing {self.pk}"


class Absence(models.Model):
    """When somebody cannot. Only when: what a calendar calls it is nobody's business and is not read in."""

    class Source(models.TextChoices):
        OWN = "own", _("entered")
        CALENDAR = "calendar", _("from a calendar")

    person = models.ForeignKey(Person, models.CASCADE, related_name="absences")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    source = Listed(max_length=8, choices=Source, default=Source.OWN)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                name="absence_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))
            )
        ]

    def __str__(self) -> str:
        return f"absence {self.pk}"

    @property
    def last_day(self) -> date | None:
        """Of whole days the last; None: it begins or ends within a day."""
        begins, ends = timezone.localtime(self.starts_at), timezone.localtime(self.ends_at)
        whole = begins.time() == ends.time() == time()
        return (ends - timedelta(days=1)).date() if whole else None


class Wish(models.Model):
    """Rather this half-day, or rather not. No reason is asked."""

    class Kind(models.TextChoices):
        GLADLY = "gladly", _("gladly")
        RATHER_NOT = "rather_not", _("rather not")
        NO = "no", _("cannot")

    callup = models.ForeignKey(CallUp, models.CASCADE, related_name="wishes")
    shift = models.ForeignKey(Shift, models.CASCADE, related_name="+")
    kind = Listed(max_length=10, choices=Kind)

    class Meta:
        constraints = [models.UniqueConstraint(name="one_wish_a_half_day", fields=["callup", "shift"])]

    def __str__(self) -> str:
        return f"wish {self.pk}"


class Feed(models.Model):
    """A link by which somebody's own calendar reads their shifts. Only its digest is kept."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="feed", primary_key=True)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"feed of {self.person_id}"
