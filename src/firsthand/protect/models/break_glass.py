"""A file opened outside a contact: for what, and what the officer found when looking at it later."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from firsthand.members.models import Cover, Member

LASTS = timedelta(minutes=15)
REVIEWED_WITHIN = timedelta(days=7)
SHORTEST_REASON, LONGEST_REASON = 10, 300


class Kind(models.TextChoices):
    """What a file may be opened for without its member on the line. There is no "other"."""

    PROMISE = "promise", _("A promise to keep")
    LETTER = "letter", _("A letter or an e-mail to answer")
    OBJECTION = "objection", _("A complaint or an objection to look into")
    MISTAKE = "mistake", _("A mistake of ours to put right")


class BreakGlass(models.Model):
    """One member's file, for 15 minutes, for one branch of insurance, with a reason. Reviewed every time.

    The grant that lets somebody look hangs on it. A trigger lets nothing be changed but the reason, which
    goes when the member asks to be erased.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    branch = models.CharField(max_length=20, choices=Cover.Branch)  # whose notes and cover are shown
    reason = models.CharField(max_length=LONGEST_REASON)  # screened
    opened_at = models.DateTimeField(db_default=Now())
    ends_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(name="break_glass_newest", fields=["-opened_at"])]
        constraints = [
            models.CheckConstraint(
                name="break_glass_has_a_kind",
                condition=models.Q(kind__in=Kind.values, branch__in=Cover.Branch.values),
            ),
            models.CheckConstraint(
                name="break_glass_has_a_reason", condition=models.Q(reason__regex=r"\S.{8,}\S")
            ),
            models.CheckConstraint(
                name="break_glass_is_short",
                condition=models.Q(ends_at__gt=models.F("opened_at"))
                & models.Q(ends_at__lte=models.F("opened_at") + LASTS),
            ),
        ]

    def __str__(self) -> str:
        return f"break-glass {self.pk}"


class Review(models.Model):
    """What was said about an opening afterwards: by the officer, or by its person when asked. Append only."""

    class Says(models.TextChoices):
        JUSTIFIED = "justified", _("justified")
        NOT_JUSTIFIED = "not_justified", _("not justified")
        ASKED = "asked", _("asked back")
        ANSWERED = "answered", _("answered")

    FINAL = (Says.JUSTIFIED, Says.NOT_JUSTIFIED)

    break_glass = models.ForeignKey(BreakGlass, models.PROTECT, related_name="reviews")
    says = models.CharField(max_length=13, choices=Says)
    words = models.CharField(max_length=LONGEST_REASON, blank=True, default="")  # screened
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="break_glass_is_reviewed_once",
                fields=["break_glass"],
                condition=models.Q(says__in=["justified", "not_justified"]),
            ),
            models.CheckConstraint(
                name="review_says_something",
                condition=models.Q(says="justified")
                | models.Q(says__in=["not_justified", "asked", "answered"]) & ~models.Q(words=""),
            ),
        ]

    def __str__(self) -> str:
        return f"review {self.pk}"
