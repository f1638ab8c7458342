"""Who read whose file: a log kept apart. Written by hand, like 0002."""

from django.db import migrations

from firsthand.kernel.sql import script


class Migration(migrations.Migration):
    dependencies = [("protect", "0002_schema"), ("journal", "0002_schema")]
    operations = [migrations.RunSQL(script("firsthand.protect", "reads"), migrations.RunSQL.noop)]
