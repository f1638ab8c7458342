from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from firsthand.members.models import Member


class HoldQuerySet(models.QuerySet["Hold"]):
    def live(self, on: date) -> HoldQuerySet:
        return self.filter(lifted_at=None, until__gte=on)


class Hold(models.Model):
    """What must not be erased: a dispute, a recourse, a proceeding. Of a member, or of one case."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="holds")
    case_id = models.BigIntegerField(
        null=True
    )  # of answer, whose tables protect does not know; null: everything
    reason = models.CharField(max_length=300)
    until = models.DateField()  # the last day; a hold without an end is a file without an end
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    placed_at = models.DateTimeField(db_default=Now())
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="hold_has_a_reason", condition=models.Q(reason__regex=r"\S{3}")),
            models.CheckConstraint(
                name="hold_is_lifted_by_somebody",
                condition=models.Q(lifted_at=None, lifted_by=None)
                | models.Q(lifted_at__isnull=False, lifted_by__isnull=False),
            ),
        ]
        indexes = [models.Index(name="hold_live", fields=["member"], condition=models.Q(lifted_at=None))]

    def __str__(self) -> str:
        return f"hold {self.pk}"


class DisputeQuerySet(models.QuerySet["Dispute"]):
    def standing(self) -> DisputeQuerySet:
        return self.filter(settled_at=None)


class Dispute(models.Model):
    """The member says that something we keep is wrong, and we could not agree. It stands beside the content
    wherever that is shown (Art. 32 (3), 41 (4) FADP; Art. 18 (1) (a) GDPR, § 84 (2) SGB X).
    """

    member = models.ForeignKey(Member, models.PROTECT, related_name="disputes")
    table = models.CharField(max_length=63)
    row = models.CharField(max_length=40)
    words = models.CharField(max_length=500)  # what the member says to it
    request_id = models.BigIntegerField(null=True)
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    placed_at = models.DateTimeField(db_default=Now())
    settled_at = models.DateTimeField(null=True)

    objects = DisputeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_dispute_a_row", fields=["table", "row"], condition=models.Q(settled_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"dispute {self.pk}"


class RestrictionQuerySet(models.QuerySet["Restriction"]):
    def standing(self) -> RestrictionQuerySet:
        return self.filter(lifted_at=None)


class Restriction(models.Model):
    """What is kept of a member is stored and not used: no earlier note and no earlier contact is shown."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="restrictions")
    norm = models.CharField(max_length=80)
    request_id = models.BigIntegerField(null=True)
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    placed_at = models.DateTimeField(db_default=Now())
    lifted_at = models.DateTimeField(null=True)

    objects = RestrictionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_restriction_a_member", fields=["member"], condition=models.Q(lifted_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"restriction {self.pk}"
