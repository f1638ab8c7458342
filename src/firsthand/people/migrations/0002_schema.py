"""What Django's models cannot say. 0001 is generated and may be made anew until the first release; this is written."""

from django.db import migrations

from firsthand.kernel.sql import script


def first_text(apps, schema_editor):
    """The text of this release is in force from the start; later ones are published by `firsthand up`."""
    from firsthand.people.secrecy import text

    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO people_secrecytext (version, digest) VALUES (%s, %s)", [text().version, text().digest]
        )


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("journal", "0002_schema")]
    operations = [
        migrations.RunSQL(script("firsthand.people", "schema"), migrations.RunSQL.noop),
        migrations.RunPython(first_text, migrations.RunPython.noop),
    ]
