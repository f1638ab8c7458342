"""The rules of the house that no linter knows. Import directions are import-linter's (pyproject.toml)."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).parent.parent
HOUSE = ROOT / "src" / "firsthand"
MODULES = sorted(path for path in HOUSE.rglob("*.py") if "migrations" not in path.parts)
TEMPLATES = sorted(HOUSE.rglob("*.html"))
LONGEST_MODULE = 400
LONGEST_TEMPLATE = 150
LONGEST_VIEW = 12


def name(path: Path) -> str:
    return str(path.relative_to(HOUSE))


def is_part(path: Path, *stems: str) -> bool:
    """Whether the file is `views.py` or stands in a folder `views/` of its room."""
    room = path.relative_to(HOUSE).parts[1:]
    return bool(room) and Path(room[0]).stem in stems


def attributes(module: Path) -> set[str]:
    return {node.attr for node in ast.walk(ast.parse(module.read_text())) if isinstance(node, ast.Attribute)}


def breaking(files: Iterable[Path], breaks: Callable[[Path], object]) -> dict[str, object]:
    """Each file that breaks the rule, and how. One test for all: two thousand of them took twenty seconds."""
    return {name(path): how for path in files if (how := breaks(path))}


def test_pages_and_jobs_ask_queries_and_actions():
    outermost = [module for module in MODULES if is_part(module, "views", "forms", "tasks", "receivers")]
    assert outermost
    writes = {"objects", "save", "delete", "bulk_create"}
    assert breaking(outermost, lambda module: attributes(module) & writes) == {}


# Who may speak SQL: the reads and writes of a room, and the few places that are about the database itself.
SPEAKS_SQL = ("queries", "actions", "bus", "hub", "stream", "listen", "wall")


def test_sql_stands_in_queries_and_actions():
    others = [
        module
        for module in MODULES
        if not {"config", "kernel"} & {*module.parts} and not is_part(module, *SPEAKS_SQL)
    ]
    assert others
    assert breaking(others, lambda module: attributes(module) & {"cursor", "raw", "RawSQL"}) == {}


def longer_than(most: int) -> Callable[[Path], int]:
    def lines(path: Path) -> int:
        found = len(path.read_text(encoding="utf-8").splitlines())
        return found if found > most else 0

    return lines


def test_no_module_is_long():
    assert breaking(MODULES, longer_than(LONGEST_MODULE)) == {}, "make it a folder of the same name"


def test_no_template_is_long():
    assert TEMPLATES
    assert breaking(TEMPLATES, longer_than(LONGEST_TEMPLATE)) == {}, "take a part out into an include"


def public_functions(module: Path) -> list[tuple[str, inspect.Signature]]:
    dotted = ".".join(module.relative_to(HOUSE.parent).with_suffix("").parts).removesuffix(".__init__")
    found = vars(import_module(dotted)).items()
    return [
        (f"{dotted}.{key}", inspect.signature(value))
        for key, value in found
        if inspect.isfunction(value) and value.__module__ == dotted and not key.startswith("_")
    ]


@pytest.mark.parametrize("module", [m for m in MODULES if is_part(m, "actions")], ids=name)
def test_every_action_says_who(module):
    for function, signature in public_functions(module):
        by = signature.parameters.get("by")
        assert by, f"{function} does not say by whom"
        assert by.kind is by.KEYWORD_ONLY, f"{function} takes `by` by place"


def views() -> dict[str, Callable[..., object]]:
    """Everything our addresses lead to, as it was written: without the decorators around it."""

    def leads_to(patterns: Iterable[URLPattern | URLResolver]) -> Iterator[Callable[..., object]]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                yield from leads_to(pattern.url_patterns)
            else:
                yield inspect.unwrap(pattern.callback)

    found = leads_to(get_resolver().url_patterns)
    return {
        f"{view.__module__}.{view.__name__}": view
        for view in found
        if view.__module__.startswith("firsthand.")
    }


def test_a_view_only_unpacks_calls_and_shows():
    for dotted, view in views().items():
        [function] = ast.parse(textwrap.dedent(inspect.getsource(view))).body
        assert isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        body = function.body[1:] if ast.get_docstring(function) else function.body
        lines = (body[-1].end_lineno or 0) - body[0].lineno + 1
        assert lines <= LONGEST_VIEW, f"{dotted} has {lines} lines"


def test_no_module_promises_something_for_later():
    promise = re.compile(r"\b(TODO|FIXME|XXX)\b|raise NotImplementedError")
    assert breaking(MODULES, lambda module: promise.findall(module.read_text())) == {}


def test_nothing_calls_a_third_party():
    """No page names another host; the browser would ask it with every view."""
    for path in [*TEMPLATES, *HOUSE.rglob("*.js"), *HOUSE.rglob("*.css")]:
        for address in re.findall(
            r"""(?:src|href|url)\s*[=(]\s*["']?(https?:)?//[^"')\s]+""", path.read_text()
        ):
            pytest.fail(f"{name(path)} names {address}")


def test_voice_cannot_record():
    """No recording is a promise: the port has no verb for it and no page uses the browser's."""
    for path in [*(HOUSE / "voice").rglob("*.py"), *HOUSE.rglob("*.js")]:
        assert not re.search(r"MediaRecorder|def record\b", path.read_text()), name(path)


def test_the_rooms_stand_where_the_contracts_put_them():
    done = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-4000:]


@pytest.mark.django_db
def test_models_and_migrations_agree(capsys):
    try:
        call_command("makemigrations", check_changes=True, dry_run=True)
    except SystemExit:
        pytest.fail(capsys.readouterr().out)
