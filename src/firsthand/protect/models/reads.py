from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from firsthand.journal.ledger import Ledger


class What(models.TextChoices):
    """What of a member was shown to somebody, or handed over."""

    FILE = "file", _("the file")
    SEARCH = "search", _("a search in the notes")
    CONFIDENCE = "confidence", _("a sealed confidence")
    WHO_LOOKED = "who_looked", _("who looked")
    EXPORT = "export", _("everything that is kept")
    CONSENT = "consent", _("a proof of consent")
    REQUEST = "request", _("a request of the member")


READS = Ledger(
    "reads",
    entries="protect_read",
    links="protect_read_link",
    seal="protect_read_seal",
    columns=(
        *("actor_id", "role", "member_id", "contact_id", "break_glass_id", "request_id"),
        *("what", "why", "purposes"),
    ),
)


class Read(models.Model):
    """Somebody was shown something of a member. Its own table, chain and anchors (`sql/reads.sql`).

    Written by `protect.actions.reading` through a function of the owner's; the login of the pages can
    neither read nor change it. Numbers, not foreign keys: a read outlives whom it is about.
    """

    pk = models.CompositePrimaryKey("id", "at")
    id = models.BigIntegerField()
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)  # null: a command of the house
    role = models.CharField(max_length=20)  # as what; in the room an executive is a helper
    member_id = models.BigIntegerField()
    contact_id = models.BigIntegerField(null=True)
    break_glass_id = models.BigIntegerField(null=True)
    request_id = models.BigIntegerField(null=True)
    what = models.CharField(max_length=20, choices=What)
    why = models.CharField(max_length=40)  # a code: the topic, the kind of break-glass, the format
    purposes = ArrayField(models.CharField(max_length=20))

    class Meta:
        managed = False
        db_table = "protect_read"

    def __str__(self) -> str:
        return f"read {self.id}"
