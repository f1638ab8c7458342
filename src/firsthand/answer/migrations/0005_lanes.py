"""Whom a free seat may take is found by lane, however many wait; an offer and its nudges are one function. Written."""

from django.db import migrations, models
from django.db.models import Q

from firsthand.kernel.sql import script

LANES = """
CREATE INDEX IF NOT EXISTS contact_lane ON answer_contact (synthetic, language, topic, queued_at, id)
    WHERE state IN ('waiting', 'callback') AND NOT paused AND held_for_id IS NULL;
"""


class Migration(migrations.Migration):
    dependencies = [("answer", "0004_dispatch")]
    operations = [
        # In SQL, so that Django need not draw all models for it.
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(LANES, "DROP INDEX contact_lane")],
            state_operations=[
                migrations.AddIndex(
                    "contact",
                    models.Index(
                        name="contact_lane",
                        fields=["synthetic", "language", "topic", "queued_at", "id"],
                        condition=Q(state__in=["waiting", "callback"], paused=False, held_for__isnull=True),
                    ),
                )
            ],
        ),
        # In a house from before, which has what this file made then.
        migrations.RunSQL(script("firsthand.answer", "match"), migrations.RunSQL.noop),
    ]
