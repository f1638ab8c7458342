"""Django's ORM in each zone: every model that leads to what this zone must not see, by every way that Django has."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.apps import apps
from django.core import serializers
from django.db import DatabaseError, connection, models, transaction
from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Concat, Length

from firsthand.config import logins
from firsthand.config.attack import allowed
from firsthand.config.attack.findings import Leak
from firsthand.config.attack.world import PURPOSE, World
from firsthand.kernel import zones
from firsthand.protect import wall
from firsthand.protect.models import Note

DEEP = 2  # relations from one model to another
FULL = 999

Model = type[models.Model]
Way = Callable[[Model, str], Any]


def run(world: World, *, only: Sequence[str] = ()) -> tuple[list[Leak], int]:
    """What leaked, and how many questions were asked. `only`: in these zones."""
    found = Attack(world)
    for alias, role in logins.ZONES.items():
        if not only or role.removeprefix("firsthand_") in only:
            found.zone(alias, role)
    found.what_one_leaves_the_next_finds()
    return found.leaks, found.asked


def paths(model: Model, deep: int = DEEP, start: str = "") -> Iterator[tuple[str, models.Field[Any, Any]]]:
    """Every column that can be named from this model, its own and those of related ones."""
    for field in model._meta.get_fields():
        related = field.related_model if field.is_relation and not field.name.endswith("+") else None
        if deep and related and not isinstance(related, str):
            yield from paths(related, deep - 1, f"{start}{field.name}__")
        if field.concrete and not isinstance(field, models.CompositePrimaryKey):
            yield f"{start}{field.name}", field


class Attack:
    def __init__(self, world: World) -> None:
        self.world = world
        self.leaks: list[Leak] = []
        self.asked = self.turn = 0
        self.tried: Counter[tuple[str, Model, str]] = Counter()

    def zone(self, alias: str, role: str) -> None:
        zone = role.removeprefix("firsthand_")
        with zones.of(alias):
            for model in apps.get_models(include_auto_created=True):
                for path, field in paths(model):
                    if not allowed.opens(zone, field.model._meta.db_table, field.column or ""):
                        self._column(zone, model, path, field)
                if not allowed.opens(zone, model._meta.db_table, model._meta.pk.column or ""):
                    for name, way in WHOLE.items():
                        self._try(zone, name, way, model, "")
            connection.close()

    def _column(self, zone: str, model: Model, path: str, field: models.Field[Any, Any]) -> None:
        """What is behind the wall in every way; a column or two of what else is closed, in one way after another."""
        ways, table = list(COLUMN), field.model._meta.db_table
        if table not in allowed.WALLED:
            self.tried[zone, model, table] += 1
            if path.count("__") > 1 or self.tried[zone, model, table] > 2:
                return
            self.turn += 1
            ways = [ways[self.turn % len(ways)]]
        elif path.count("__") > 1:
            self.turn += 1
            ways = [ways[self.turn % len(ways)]]
        for name in ways:
            self._try(zone, name, COLUMN[name], model, path)

    def _try(self, zone: str, way: str, ask: Way, model: Model, path: str) -> None:
        """A refusal by the database is the wall; one by Django is a question that cannot be asked like this."""
        self.asked += 1
        try:
            with transaction.atomic():
                answer = ask(model, path)
                seen = answer if isinstance(answer, str) else json.dumps(answer, default=_told)
                transaction.set_rollback(True)
        except Exception as refused:  # whatever refuses it may quote what it refuses
            seen = str(refused)
        shows = f"{model.__name__}{'.' if path else ''}{path}: {way}"
        wrong = [mark for mark in self.world.marks.in_text(seen) if not allowed.may_see(zone, mark)]
        if wrong:
            marks = ", ".join(f"mark {mark}" for mark in sorted(wrong, key=lambda one: one.number)[:3])
            self.leaks.append(Leak("orm", f"firsthand_{zone}", f"{way}: {wrong[0].table}", shows, marks))
        elif SOMETHING in seen:
            self.leaks.append(Leak("orm", f"firsthand_{zone}", f"{way}: rows", shows, "rows"))

    def what_one_leaves_the_next_finds(self) -> None:
        """The house's own block, and what a careless line could leave in a session that goes back to the pool."""
        helper, contact = self.world.helper, self.world.contacts["own"].pk
        with wall.within({PURPOSE}, person=helper, contact=contact):
            Note.objects.count()
        self._left(zones.FRONT, "after the block of wall.within")
        token = wall.signed({PURPOSE}, helper.pk, contact, None, 2**40)
        for setting in (f"firsthand.token = '{token}'", "row_security = off", "search_path = pg_temp"):
            with connection.cursor() as cursor:
                cursor.execute(f"SET SESSION {setting}")
            connection.close()  # back to the pool
            self._left(
                zones.FRONT, f"a connection from the pool after SET SESSION {setting.partition(' ')[0]}"
            )

    def _left(self, zone: str, shows: str) -> None:
        """A setting that is left makes a refusal at best, where there should be no rows."""
        self.asked += 1
        role = logins.ZONES[zone]
        try:
            with connection.cursor() as cursor:
                cursor.execute(LEFT)
                token, who, rows = cursor.fetchone()
        except DatabaseError as refused:
            connection.close()
            token, who, rows = f"a setting: {type(refused).__name__}", role, 0
        if token or rows or who != role:
            seen = f"{rows} rows of protect_note" if rows else token.partition("|")[0]
            self.leaks.append(Leak("orm", role, "what is left in a session", shows, seen))


LEFT = """
SELECT coalesce(current_setting('firsthand.token', true), ''), current_user, count(*) FROM protect_note
"""
SOMETHING = "xqj-rows"  # what a way answers that shows no word, only that there is something


def _told(value: Any) -> str:
    return value.hex() if isinstance(value, bytes | memoryview) else str(value)


def _there(there: Any) -> str:
    return SOMETHING if there else ""


def _values(model: Model, path: str) -> Any:
    return list(model._base_manager.values_list(path)[:FULL])


# By the name of one column, here or through relations.
COLUMN: dict[str, Way] = {
    "values": _values,
    "annotate": lambda m, p: list(m._base_manager.annotate(x=F(p)).values("x")[:FULL]),
    "max and min": lambda m, p: m._base_manager.aggregate(x=Max(p), y=Min(p)),
    "count": lambda m, p: _there(
        m._base_manager.exclude(**{p: None}).aggregate(x=Count(p))["x"] if "__" not in p else 0
    ),
    "concat": lambda m, p: list(
        m._base_manager.annotate(x=Concat(Cast(p, models.TextField()), Value(""))).values("x")
    ),
    "subquery": lambda m, p: list(
        apps.get_model("people", "Team")
        .objects.annotate(x=Subquery(m._base_manager.values(p)[:1]))
        .values("x")
    ),
    "union": lambda m, p: list(
        m._base_manager.values_list(p).union(m._base_manager.values_list(p), all=True)
    ),
    "distinct, ordered": lambda m, p: list(m._base_manager.order_by(p).values_list(p).distinct()[:FULL]),
    "a cast that fails": lambda m, p: list(
        m._base_manager.annotate(x=Cast(p, models.IntegerField())).values("x")
    ),
    "extra": lambda m, p: list(m._base_manager.extra(where=["1 / 0 > 0 OR true"]).values_list(p)),
    "dates": lambda m, p: list(
        m._base_manager.annotate(x=Length(Cast(p, models.TextField()))).values("x", p)
    ),
    "explain": lambda m, p: m._base_manager.values(p).explain(verbose=True),
}


def _raw(model: Model, _: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT t::text FROM {connection.ops.quote_name(model._meta.db_table)} t")
        return cursor.fetchall()


def _prefetched(model: Model, _: str) -> Any:
    names = [name for one in model._meta.related_objects if (name := one.get_accessor_name())]
    found = []
    for row in model._base_manager.prefetch_related(*names)[:FULL]:
        found += [vars(one) for name in names for one in getattr(row, name).all()]
    return [vars(row) for row in model._base_manager.all()[:FULL]] + found


# All of a model.
WHOLE: dict[str, Way] = {
    "rows": lambda m, _: [vars(row) for row in m._base_manager.all()[:FULL]],
    "select_related": lambda m, _: [str(vars(row)) for row in m._base_manager.select_related()[:FULL]],
    "prefetch_related": _prefetched,
    "raw": lambda m, _: [vars(row) for row in m._base_manager.raw(f"SELECT * FROM {m._meta.db_table}")],
    "cursor": _raw,
    "serializer": lambda m, _: serializers.serialize("json", m._base_manager.all()[:FULL]),
    "exists": lambda m, _: _there(m._base_manager.exists()),
    "exists inside": lambda m, _: _there(
        apps.get_model("people", "Person")
        .objects.filter(Exists(m._base_manager.filter(~Q(pk=OuterRef("pk")))))
        .exists()
    ),
    "iterator": lambda m, _: [vars(row) for row in m._base_manager.iterator(chunk_size=50)],
    "for update": lambda m, _: [vars(row) for row in m._base_manager.select_for_update()[:FULL]],
    "deleted": lambda m, _: _there(m._base_manager.all()._raw_delete(using=connection.alias)),
}
