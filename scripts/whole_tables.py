"""After `makemigrations` has made a room's 0001_initial anew: each table whole, after those that it points at.

Django writes what points in a circle, and every index and constraint of it, as a change of its own; kernel/tables.py
says what that costs. `scripts/uv run python scripts/whole_tables.py plan protect` writes their files again.
"""

import os
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import django
from django.db import migrations
from django.db.migrations.migration import SwappableTuple
from django.db.migrations.operations.base import Operation
from django.db.migrations.writer import MigrationWriter


def whole(room: str, operations: list[Operation]) -> list[migrations.CreateModel]:
    tables = {made.name_lower: made for made in operations if isinstance(made, migrations.CreateModel)}
    for change in operations:
        match change:
            case migrations.CreateModel():
                continue
            case migrations.AddField():
                tables[change.model_name_lower].fields.append((change.name, change.field))
            case migrations.AddIndex():
                tables[change.model_name_lower].options.setdefault("indexes", []).append(change.index)
            case migrations.AddConstraint():
                tables[change.model_name_lower].options.setdefault("constraints", []).append(
                    change.constraint
                )
            case _:
                raise SystemExit(f"{room}: {change.describe()} is no part of a table. Nothing was written.")
    return list(in_order(room, tables))


def in_order(room: str, left: dict[str, migrations.CreateModel]) -> Iterator[migrations.CreateModel]:
    left = dict(left)
    while left:
        free = [
            name for name, made in left.items() if not (set(pointed_at(room, made)) & left.keys()) - {name}
        ]
        if not free:
            raise SystemExit(f"{room}: {', '.join(left)} point at each other. Nothing was written.")
        yield left.pop(free[0])


def pointed_at(room: str, made: migrations.CreateModel) -> Iterator[str]:
    for _, field in made.fields:
        to = getattr(field.remote_field, "model", "")
        if isinstance(to, str) and to.lower().startswith(f"{room}."):
            yield to.lower().partition(".")[2]


def write(room: str) -> None:
    module = import_module(f"firsthand.{room}.migrations.0001_initial")
    first = module.Migration("0001_initial", room)
    first.operations = whole(room, first.operations)
    # As the writer wants it: whoever is a person is a setting.
    first.dependencies = [
        ("__setting__", "AUTH_USER_MODEL") if isinstance(one, SwappableTuple) else one
        for one in first.dependencies
    ]
    path = Path(module.__file__)
    said = MigrationWriter(first).as_string().partition("\n")[2]
    said = said.replace("class Migration(migrations.Migration)", "class Migration(Tables)")
    head, imported, body = said.partition("from django.db import migrations, models\n")
    tables = "\nfrom firsthand.kernel.tables import Tables\n"
    made_on = path.read_text(encoding="utf-8").partition("\n")[0]
    path.write_text(f"{made_on}\n{head}{imported}{tables}{body}", encoding="utf-8")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "firsthand.config.settings")
    django.setup()
    for name in sys.argv[1:]:
        write(name)
