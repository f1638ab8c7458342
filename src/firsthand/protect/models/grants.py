from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from firsthand.members.models import Member
from firsthand.protect.models.break_glass import BreakGlass


class GrantQuerySet(models.QuerySet["Grant"]):
    def open(self) -> GrantQuerySet:
        """What lets somebody look now. One whose time is over lets nobody, also before it is swept up."""
        return self.filter(models.Q(ends_at=None) | models.Q(ends_at__gt=Now()), closed_at=None)

    def standing(self) -> GrantQuerySet:
        """Not closed yet: the open ones, and those whose time is over and which nobody has closed."""
        return self.filter(closed_at=None)


class Grant(models.Model):
    """One person may see one member's file: while one contact lasts, or for the minutes of one break-glass.

    Whoever asks in SQL whether a file is open (a policy of the wall) asks both:
    `closed_at IS NULL AND (ends_at IS NULL OR ends_at > statement_timestamp())`.
    A grant has a contact or a break-glass, never both: with a break-glass `contact_id` is NULL, and then it
    is person and member that must fit. A trigger keeps a closed one closed.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="grants")
    member = models.ForeignKey(Member, models.PROTECT, related_name="grants")
    contact_id = models.BigIntegerField(null=True)
    break_glass = models.OneToOneField(BreakGlass, models.PROTECT, null=True, related_name="grant")
    opened_at = models.DateTimeField(db_default=Now())
    ends_at = models.DateTimeField(null=True)  # of a break-glass; a contact's ends with the contact
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
            models.CheckConstraint(
                name="grant_is_for_a_contact_or_a_break_glass",
                condition=models.Q(contact_id__isnull=False, break_glass=None, ends_at=None)
                | models.Q(contact_id=None, break_glass__isnull=False, ends_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"grant {self.pk}"
