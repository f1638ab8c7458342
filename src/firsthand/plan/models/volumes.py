"""How many called: past intervals, where they come from, and what is not to be learnt from."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from firsthand.kernel.fields import Listed
from firsthand.people.models import Language, Person


class Queue(models.Model):
    """Calls that are counted and forecast together: a language, and a topic where the house tells them apart."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=80)
    language = Listed(_("language"), max_length=5, choices=Language)
    topic = models.CharField(max_length=20, blank=True, default="")  # know.pure.topics; empty: all of them

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(name="queue_once", fields=["language", "topic"])]

    def __str__(self) -> str:
        return self.name


class Import(models.Model):
    """One file of past volumes that was read in, whole."""

    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())
    mapping = models.JSONField(default=dict)  # which column was which; offered again for the next file
    rows = models.PositiveIntegerField()
    replaced = models.PositiveIntegerField(default=0)
    first = models.DateTimeField()
    last = models.DateTimeField()
    digest = models.CharField(max_length=64)  # of the file: the same one twice is said, not doubled

    def __str__(self) -> str:
        return f"import {self.pk}"


class Volume(models.Model):
    """One interval of one queue. `source` empty: counted by this house itself, the night after."""

    queue = models.ForeignKey(Queue, models.CASCADE, related_name="volumes")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    offered = models.PositiveIntegerField()
    answered = models.PositiveIntegerField(null=True)  # empty: the file did not say
    abandoned = models.PositiveIntegerField(null=True)
    aht_seconds = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    source = models.ForeignKey(Import, models.CASCADE, null=True, related_name="volumes")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="volume_once", fields=["queue", "starts_at"]),
            models.CheckConstraint(name="volume_minutes", condition=Q(minutes__in=[15, 30, 60])),
            models.CheckConstraint(
                name="volume_adds_up",
                condition=Q(answered=None)
                | Q(abandoned=None)
                | Q(offered__gte=F("answered") + F("abandoned")),
            ),
        ]
        indexes = [models.Index(name="volume_by_time", fields=["starts_at"])]

    def __str__(self) -> str:
        return f"{self.queue_id} {self.starts_at:%Y-%m-%d %H:%M}"


class Mark(models.Model):
    """A stretch that nothing is to be learnt from: an outage, an outlier. Why stands with it."""

    class Kind(models.TextChoices):
        OUTAGE = "outage", _("Outage")
        OUTLIER = "outlier", _("Outlier")

    queue = models.ForeignKey(Queue, models.CASCADE, null=True, blank=True, related_name="+")  # empty: all
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    kind = Listed(max_length=10, choices=Kind)
    reason = models.CharField(_("reason"), max_length=200)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(name="mark_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at")))
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.starts_at:%Y-%m-%d}"


class Event(models.Model):
    """Something planned that makes people call: premium letters, the last day to cancel, invoices."""

    class Kind(models.TextChoices):
        LETTERS = "letters", _("Premium letters arrive")
        ANNOUNCEMENT = "announcement", _("Premiums are announced")
        DEADLINE = "deadline", _("Last day to cancel")
        INVOICES = "invoices", _("Invoices are sent")
        OTHER = "other", _("Something else")

    kind = Listed(_("kind"), max_length=12, choices=Kind)
    name = models.CharField(_("name"), max_length=80)
    queue = models.ForeignKey(Queue, models.CASCADE, null=True, blank=True, related_name="+")  # empty: all
    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"))
    # Times the usual day, on the fullest day; empty: as learnt from the same kind in the past.
    factor = models.DecimalField(_("factor"), max_digits=5, decimal_places=2, null=True, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["first", "pk"]
        constraints = [
            models.CheckConstraint(name="event_ends_after_it_starts", condition=Q(last__gte=F("first"))),
            models.CheckConstraint(
                name="event_factor_within_reason", condition=Q(factor=None) | Q(factor__gte=0, factor__lte=20)
            ),
        ]

    def __str__(self) -> str:
        return self.name
