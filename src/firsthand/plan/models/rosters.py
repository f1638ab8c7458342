"""Who works when: a roster, its half-days, and what colleagues exchange between themselves."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from firsthand.kernel.fields import Listed
from firsthand.people.models import Person
from firsthand.plan.models.forecasts import Need, State
from firsthand.plan.models.weeks import FrontWeek, Room, Shift, Training


class Same(Func):
    """A number as a range of itself: what lets an exclusion ask for equality without an extension."""

    function = "int8range"
    template = "%(function)s(%(expressions)s, %(expressions)s, '[]')"


class During(Func):
    function = "tstzrange"
    output_field = DateTimeRangeField()


class Roster(models.Model):
    """One roster of a front week. Of the published ones the newest holds; drafts are the organiser's own."""

    week = models.ForeignKey(FrontWeek, models.CASCADE, related_name="rosters")
    need = models.ForeignKey(Need, models.PROTECT, null=True, related_name="+")
    state = Listed(max_length=8, choices=State, default=State.WAITING)
    stop_asked = models.BooleanField(default=False)
    # What the solver says while it works: {"phase", "best", "bound", "seconds"}; and at the end what cannot be
    # met and what wishes cost, as codes with numbers.
    progress = models.JSONField(default=dict)
    explained = models.JSONField(default=dict)
    problem = models.CharField(max_length=40, blank=True, default="")
    seconds = models.PositiveSmallIntegerField(_("seconds to search"), default=60)
    seed = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"roster {self.pk}"


class Assignment(models.Model):
    """Somebody works one half-day in one room, or sits in one training. Nobody is in two places (EXCLUDE)."""

    class Duty(models.TextChoices):
        ANSWERS = "answers", _("answers")
        SPECIALIST = "specialist", _("specialist")
        TRAINING = "training", _("training")

    roster = models.ForeignKey(Roster, models.CASCADE, related_name="assignments")
    person = models.ForeignKey(Person, models.CASCADE, related_name="assignments")
    shift = models.ForeignKey(Shift, models.PROTECT, null=True, related_name="+")
    room = models.ForeignKey(Room, models.PROTECT, null=True, related_name="+")
    training = models.ForeignKey(Training, models.PROTECT, null=True, related_name="+")
    duty = Listed(max_length=10, choices=Duty)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    locked = models.BooleanField(default=False)  # a new search leaves it as it is
    # Sits beside them on their first half-day.
    buddy = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="nobody_in_two_places",
                expressions=[
                    (Same("roster_id"), RangeOperators.OVERLAPS),
                    (Same("person_id"), RangeOperators.OVERLAPS),
                    (During("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                name="assignment_works_or_trains",
                condition=Q(duty="training", training__isnull=False, shift=None, room=None)
                | Q(
                    duty__in=["answers", "specialist"], training=None, shift__isnull=False, room__isnull=False
                ),
            ),
            models.CheckConstraint(
                name="assignment_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(
                name="nobody_is_their_own_buddy", condition=Q(buddy=None) | ~Q(buddy=F("person"))
            ),
        ]
        indexes = [models.Index(name="assignment_by_half_day", fields=["roster", "shift", "room"])]

    def __str__(self) -> str:
        return f"assignment {self.pk}"


class Swap(models.Model):
    """One colleague asks another to take a half-day, or to exchange two. It holds once both want it."""

    class State(models.TextChoices):
        ASKED = "asked", _("asked")
        AGREED = "agreed", _("agreed")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")

    gives = models.ForeignKey(Assignment, models.CASCADE, related_name="+")
    takes = models.ForeignKey(Assignment, models.CASCADE, null=True, related_name="+")  # empty: nothing back
    asked_by = models.ForeignKey(Person, models.CASCADE, related_name="+")
    asked = models.ForeignKey(Person, models.CASCADE, related_name="+")
    state = Listed(max_length=9, choices=State, default=State.ASKED)
    at = models.DateTimeField(db_default=Now())
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_open_swap_a_half_day", fields=["gives"], condition=Q(state="asked")
            ),
            models.CheckConstraint(name="nobody_swaps_with_themselves", condition=~Q(asked_by=F("asked"))),
        ]

    def __str__(self) -> str:
        return f"swap {self.pk}"


class Moved(models.Model):
    """What changed in a published roster, and why: somebody cannot come, a swap, the organiser's hand."""

    class Why(models.TextChoices):
        ABSENT = "absent", _("somebody cannot come")  # why is not kept
        SWAP = "swap", _("exchanged between colleagues")
        HAND = "hand", _("by the organiser")

    roster = models.ForeignKey(Roster, models.CASCADE, related_name="moves")
    shift = models.ForeignKey(Shift, models.CASCADE, related_name="+")
    gone = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    came = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    why = Listed(max_length=6, choices=Why)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"move {self.pk}"
