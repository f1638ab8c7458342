"""What is kept of who could look, and how it goes. Written by hand."""

from django.db import migrations

from firsthand.kernel.sql import script


class Migration(migrations.Migration):
    dependencies = [("protect", "0007_retention")]
    operations = [migrations.RunSQL(script("firsthand.protect", "access"), migrations.RunSQL.noop)]
