"""What Django's models cannot say. 0001 is generated and may be made anew until the first release; this is written."""

from django.db import migrations

from firsthand.kernel.sql import script


class Migration(migrations.Migration):
    dependencies = [("answer", "0001_initial"), ("journal", "0002_schema")]
    operations = [migrations.RunSQL(script("firsthand.answer", "schema"), migrations.RunSQL.noop)]
