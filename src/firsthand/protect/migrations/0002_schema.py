"""What stood here stands in 0008."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("protect", "0001_initial")]
