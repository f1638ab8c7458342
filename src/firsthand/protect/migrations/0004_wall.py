"""The purpose wall: who may see which row, and how PostgreSQL knows. Written by hand, like 0002."""

from django.db import migrations

from firsthand.kernel.sql import script


class Migration(migrations.Migration):
    dependencies = [("protect", "0003_reads")]
    operations = [migrations.RunSQL(script("firsthand.protect", "wall"), migrations.RunSQL.noop)]
