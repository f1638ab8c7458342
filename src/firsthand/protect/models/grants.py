from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from firsthand.members.models import Member


class GrantQuerySet(models.QuerySet["Grant"]):
    def open(self) -> GrantQuerySet:
        return self.filter(closed_at=None)


class Grant(models.Model):
    """One person may see one member's file while one contact lasts. A trigger keeps a closed one closed."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="grants")
    member = models.ForeignKey(Member, models.PROTECT, related_name="grants")
    contact_id = models.BigIntegerField()
    opened_at = models.DateTimeField(db_default=Now())
    closed_at = models.DateTimeField(null=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_open_grant_a_contact", fields=["contact_id"], condition=models.Q(closed_at=None)
            ),
            models.UniqueConstraint(
                name="one_open_grant_a_person", fields=["person"], condition=models.Q(closed_at=None)
            ),
            models.CheckConstraint(
                name="grant_closes_after_it_opens",
                condition=models.Q(closed_at=None) | models.Q(closed_at__gte=models.F("opened_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"grant {self.pk}"
