"""Clocks, holds, requests. Written by hand, like 0002."""

from django.db import migrations

from firsthand.kernel.sql import script


class Migration(migrations.Migration):
    dependencies = [("protect", "0006_consent")]
    operations = [migrations.RunSQL(script("firsthand.protect", "retention"), migrations.RunSQL.noop)]
