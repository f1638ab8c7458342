"""Figures by team or person come through the rule of five, and through nothing else."""

import ast
import re
from pathlib import Path

import pytest
from django.db.models import Count

import firsthand
from firsthand.kernel import zones
from firsthand.learn import actions as learn
from firsthand.learn.models import Observation
from firsthand.people.models import Role, Team
from firsthand.protect.queries.groups import Groups, by_group
from tests import world

HOUSE = Path(firsthand.__file__).parent


def observers(team: str, count: int, each: int = 1) -> None:
    made = Team.objects.get_or_create(name=team)[0]
    for n in range(count):
        person = world.person(f"{team}{n} Muster", Role.HELPER, team=made)
        for _ in range(each):
            learn.observe("Nobody understands the letter.", by=person)


def grouped(group: str) -> Groups:
    with zones.of(zones.LEARN):
        return by_group(Observation.objects.all(), group, person="seen_by", said=Count("pk"))


def said() -> dict[str, int]:
    found = grouped("seen_by__team__name")
    return {str(group.key): group.figures["said"] for group in found.shown}


@pytest.mark.django_db
def test_a_team_of_four_is_not_shown_and_cannot_be_reckoned():
    observers("Alpha", 4, each=3)
    observers("Beta", 6)
    observers("Gamma", 8)
    assert said() == {"Gamma": 8}


@pytest.mark.django_db
def test_it_counts_people_not_rows():
    observers("Alpha", 1, each=9)
    found = grouped("seen_by__team__name")
    assert (found.shown, found.hidden, found.total) == ((), 1, None)


@pytest.mark.django_db
def test_a_figure_by_person_is_always_hidden():
    observers("Alpha", 7, each=2)
    found = grouped("seen_by")
    assert (found.shown, found.hidden) == ((), 7)
    assert found.total.figures == {"said": 14}


# Columns that lead to one person of the house.
WHOSE = re.compile(
    r"(^|__)(person|seat|team|by|actor|taken_by|made_by|kept_by|written_by|said_by|seen_by|moved_by|given_by"
    r"|helper|owner|agent|member_of_staff)(_id)?($|__)"
)
IN_SQL = re.compile(
    r"GROUP\s+BY[^;]*?\b(\w+\.)?(person|seat|team|actor|\w*_?by|helper|agent)(_id)\b", re.IGNORECASE
)
# Aggregates by person that are no figure about them, and why.
ALLOWED = {
    "protect/queries/groups.py": "the rule itself",
    "train/queries.py": "whether somebody is ready for all topics: a yes or no, never shown as a count",
}


def chain(node: ast.AST) -> list[ast.Call]:
    """a.values("person").annotate(n=Count("x")) → the calls of the chain, the last first."""
    calls = []
    while isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        calls.append(node)
        node = node.func.value
    return calls


def name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def columns(call: ast.Call) -> list[str]:
    return [arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]


def counts_people(path: Path) -> bool:
    for node in ast.walk(ast.parse(path.read_text())):
        calls = chain(node)
        grouped = [
            column for call in calls if name(call) in {"values", "values_list"} for column in columns(call)
        ]
        counted = any(
            name(call) in {"annotate", "alias"}
            and re.search(r"\b(Count|Sum|Avg|Min|Max|StdDev|Variance)\(", ast.unparse(call))
            for call in calls
        )
        if counted and any(WHOSE.search(column) for column in grouped):
            return True
    return False


def test_nothing_else_counts_by_person():
    found = {
        str(path.relative_to(HOUSE))
        for path in HOUSE.rglob("*.py")
        if "migrations" not in path.parts and counts_people(path)
    }
    assert found <= set(ALLOWED), "through protect.queries.groups.by_group, or with a reason here"


def test_no_statement_groups_by_person():
    for path in HOUSE.rglob("*.sql"):
        for statement in re.split(r"^-- \w+ --$", path.read_text(), flags=re.MULTILINE):
            assert not IN_SQL.search(statement), path.relative_to(HOUSE)


@pytest.mark.parametrize(
    "code",
    [
        'Contact.objects.values("seat").annotate(n=Count("pk"))',
        'Contact.objects.filter(a=1).values("seat__person_id").order_by().annotate(n=Avg("talk"))',
        'dict(Promise.objects.values_list("made_by").annotate(Count("pk")))',
        'Person.objects.values("team__name").annotate(n=Sum("contacts"))',
    ],
)
def test_the_search_finds_what_it_looks_for(code, tmp_path):
    planted = tmp_path / "planted.py"
    planted.write_text(code)
    assert counts_people(planted)


@pytest.mark.parametrize(
    "statement", ["SELECT count(*) FROM c GROUP BY seat_id", "SELECT 1 FROM c GROUP BY day, c.person_id"]
)
def test_the_search_in_sql_finds_what_it_looks_for(statement):
    assert IN_SQL.search(statement)
