"""No call without live proof; nobody's own file, nor a colleague's. Written by hand, like 0002."""

from django.db import migrations

from firsthand.kernel.sql import script


class Migration(migrations.Migration):
    dependencies = [("protect", "0005_confidences"), ("people", "0002_schema")]
    operations = [
        migrations.RunSQL(script("firsthand.protect", "consent"), migrations.RunSQL.noop),
        migrations.RunSQL(script("firsthand.protect", "shield"), migrations.RunSQL.noop),
    ]
