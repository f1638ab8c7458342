"""What was sealed, and how it is erased. Written by hand, like 0002."""

from django.db import migrations

from firsthand.kernel.sql import script


class Migration(migrations.Migration):
    dependencies = [("protect", "0004_wall")]
    operations = [migrations.RunSQL(script("firsthand.protect", "confidences"), migrations.RunSQL.noop)]
