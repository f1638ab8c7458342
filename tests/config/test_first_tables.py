"""The first migration of each room makes its tables at once, and the same tables as Django makes one by one."""

import pytest
from django.apps import apps
from django.db import connection, migrations
from django.db.migrations.loader import MigrationLoader

from firsthand.kernel.tables import Tables


@pytest.fixture(scope="module")
def loader():
    return MigrationLoader(None)


@pytest.fixture(scope="module")
def firsts(loader):
    rooms = {app.label for app in apps.get_app_configs() if app.name.startswith("firsthand.")}
    return [one for (room, name), one in loader.disk_migrations.items() if room in rooms and "0001" in name]


def test_a_room_makes_each_table_whole_and_all_at_once(firsts):
    """Django would draw all models anew for each index and constraint: ten seconds of the first start."""
    slow = [str(one) for one in firsts if not isinstance(one, Tables)]
    parts = [
        str(one) for one in firsts if {type(made) for made in one.operations} != {migrations.CreateModel}
    ]
    assert len(firsts) > 10
    assert parts == [], "fold AddField, AddIndex and AddConstraint into CreateModel"
    assert slow == [], "kernel/tables.py runs a first migration as a whole"


@pytest.mark.parametrize("room", ["people", "members", "voice", "answer"])
def test_tables_made_at_once_are_what_django_makes(db, loader, room):
    first = (room, "0001_initial")
    one = loader.get_migration(*first)
    assert statements(one, Tables.apply, loader.project_state(first, at_end=False)) == statements(
        one, migrations.Migration.apply, loader.project_state(first, at_end=False)
    )


def statements(one, apply, state):
    """Each as it would be run, and that there are some."""
    with connection.schema_editor(collect_sql=True) as editor:
        after = apply(one, state, editor)
    made = [words for words in editor.collected_sql if not words.startswith("--")]
    assert any(words.startswith("CREATE TABLE") for words in made)
    assert after.apps.get_models()
    return made
