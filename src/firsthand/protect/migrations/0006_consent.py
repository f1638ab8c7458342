"""No call without live proof. Written by hand, like 0002."""

from django.db import migrations

from firsthand.kernel.sql import script


class Migration(migrations.Migration):
    dependencies = [("protect", "0005_confidences")]
    operations = [migrations.RunSQL(script("firsthand.protect", "consent"), migrations.RunSQL.noop)]
