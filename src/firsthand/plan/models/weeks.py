"""The front week itself: its days, its rules, its rooms, its training."""

from __future__ import annotations

from datetime import time

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from firsthand.kernel.fields import Listed
from firsthand.people.models import Language


class DateRange(Func):
    function = "daterange"
    output_field = DateRangeField()


class FrontWeek(models.Model):
    """The weeks in which everybody answers. They do not overlap: a day belongs to one or none."""

    name = models.CharField(_("name"), max_length=80)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))  # included
    # Made from this one: its numbers were copied, its lessons stand on the page.
    after = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    # Until when somebody may sign up, decline, wish; empty: until the roster is published.
    answers_until = models.DateField(_("answers until"), null=True, blank=True)
    # Whether colleagues who were not called up may come of their own will.
    volunteers_welcome = models.BooleanField(_("volunteers are welcome"), default=True)
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="front_week_ends_after_it_starts", condition=models.Q(ends_on__gte=models.F("starts_on"))
            ),
            ExclusionConstraint(
                name="front_weeks_do_not_overlap",
                expressions=[
                    (
                        DateRange(F("starts_on"), F("ends_on"), RangeBoundary(True, True)),
                        RangeOperators.OVERLAPS,
                    )
                ],
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def days_until(self) -> int:
        """How many days until it begins; none or fewer when it has."""
        return (self.starts_on - timezone.localdate()).days

    @property
    def begun(self) -> bool:
        return self.days_until <= 0


class WeekRules(models.Model):
    """What one front week promises its customers and its colleagues. Copied from last year's, then changed."""

    week = models.OneToOneField(FrontWeek, models.CASCADE, related_name="rules", primary_key=True)
    # Towards customers
    target_share = models.PositiveSmallIntegerField(_("answered in time (per cent)"), default=80)
    target_seconds = models.PositiveSmallIntegerField(_("in time means within (seconds)"), default=30)
    # What the need is reckoned with; the guide says where each figure comes from.
    patience_seconds = models.PositiveIntegerField(_("callers wait (seconds, mean)"), default=180)
    talk_seconds = models.PositiveIntegerField(_("an advisor needs (seconds, mean)"), default=300)
    helper_percent = models.PositiveSmallIntegerField(
        _("a helper needs, of an advisor's time (per cent)"), default=130
    )
    consult_percent = models.PositiveSmallIntegerField(
        _("helpers ask a specialist in (per cent of calls)"), default=25
    )
    consult_seconds = models.PositiveIntegerField(_("a question takes (seconds, mean)"), default=90)
    shrinkage_percent = models.PositiveSmallIntegerField(_("away from the desk (per cent)"), default=15)
    # Towards colleagues
    morning_from = models.TimeField(_("morning begins"), default=time(8))
    morning_to = models.TimeField(_("morning ends"), default=time(12))
    afternoon_from = models.TimeField(_("afternoon begins"), default=time(13))
    afternoon_to = models.TimeField(_("afternoon ends"), default=time(17))
    least_shifts = models.PositiveSmallIntegerField(_("half-days, at least"), default=2)
    most_shifts = models.PositiveSmallIntegerField(_("half-days, at most"), default=6)
    most_a_week = models.PositiveSmallIntegerField(_("half-days a week, at most"), default=3)
    rest_hours = models.PositiveSmallIntegerField(_("rest between two days (hours)"), default=11)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="week_rules_within_reason",
                condition=models.Q(target_share__range=(1, 99), target_seconds__range=(5, 3600))
                & models.Q(patience_seconds__gte=10, talk_seconds__gte=10, consult_seconds__gte=1)
                & models.Q(helper_percent__range=(50, 500), consult_percent__lte=100)
                & models.Q(shrinkage_percent__lte=80, rest_hours__range=(9, 24)),
            ),
            models.CheckConstraint(
                name="week_rules_half_days_follow",
                condition=models.Q(morning_from__lt=models.F("morning_to"))
                & models.Q(morning_to__lte=models.F("afternoon_from"))
                & models.Q(afternoon_from__lt=models.F("afternoon_to")),
            ),
            models.CheckConstraint(
                name="week_rules_least_and_most",
                condition=models.Q(least_shifts__lte=models.F("most_shifts"), most_a_week__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return f"rules of week {self.week_id}"


class Part(models.TextChoices):
    MORNING = "morning", _("Morning")
    AFTERNOON = "afternoon", _("Afternoon")


class Shift(models.Model):
    """One half-day of a front week on which the phones are answered. Days off have none."""

    week = models.ForeignKey(FrontWeek, models.CASCADE, related_name="shifts")
    day = models.DateField()
    part = Listed(max_length=9, choices=Part)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.UniqueConstraint(name="shift_once_a_half_day", fields=["week", "day", "part"]),
            models.CheckConstraint(
                name="shift_ends_after_it_starts", condition=models.Q(ends_at__gt=models.F("starts_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.part}"


class Room(models.Model):
    """A room with seats, in which one language is answered during one front week."""

    week = models.ForeignKey(FrontWeek, models.CASCADE, related_name="rooms")
    name = models.CharField(_("room"), max_length=60)
    language = Listed(_("language"), max_length=5, choices=Language)
    seats = models.PositiveSmallIntegerField(_("seats"))

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(name="room_once_a_week", fields=["week", "name"])]

    def __str__(self) -> str:
        return self.name


class Training(models.Model):
    """A training day of a front week (both halves), or a refresher for who was there before (one half)."""

    week = models.ForeignKey(FrontWeek, models.CASCADE, related_name="trainings")
    day = models.DateField(_("day"))
    part = Listed(_("half-day"), max_length=9, choices=Part, blank=True, default="")  # empty: the whole day
    language = Listed(_("language"), max_length=5, choices=Language)
    refresher = models.BooleanField(_("for who was there before"), default=False)
    seats = models.PositiveSmallIntegerField(_("seats"))
    place = models.CharField(_("place"), max_length=80, blank=True, default="")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at", "language"]
        constraints = [
            models.CheckConstraint(
                name="training_ends_after_it_starts", condition=models.Q(ends_at__gt=models.F("starts_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"training {self.day} {self.language}"
