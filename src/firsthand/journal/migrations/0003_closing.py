"""Old months go, and leave a record in their place."""

from django.db import migrations

from firsthand.kernel.sql import script


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_schema")]
    operations = [migrations.RunSQL(script("firsthand.journal", "closing"), migrations.RunSQL.noop)]
