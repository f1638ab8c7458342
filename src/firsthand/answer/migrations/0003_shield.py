"""The shield of our own people, the duty of secrecy and the proof of a call, as the database holds them. Written."""

from django.db import migrations

from firsthand.kernel.sql import script


class Migration(migrations.Migration):
    dependencies = [("answer", "0002_schema"), ("protect", "0006_consent"), ("people", "0002_schema")]
    operations = [
        migrations.RunSQL(script("firsthand.answer", "shield"), migrations.RunSQL.noop),
        migrations.RunSQL(script("firsthand.answer", "outbound"), migrations.RunSQL.noop),
    ]
