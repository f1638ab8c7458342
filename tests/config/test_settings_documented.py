"""docs/guide/settings.md names every variable that is read, and none besides."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "guide" / "settings.md"
NAME = re.compile(r"\b(?:FIRSTHAND_[A-Z_]+[A-Z]|DATABASE_(?:DIRECT_)?URL)\b")
READ = re.compile(
    r"""(?:env\.\w+|environ\.get|environ\.setdefault|environ\[|getenv)\(?\s*["']([A-Z_]+)["']"""
)


def read_in_code() -> set[str]:
    found = set()
    for module in (ROOT / "src").rglob("*.py"):
        found |= {name for name in READ.findall(module.read_text()) if NAME.fullmatch(name)}
    return found | {"FIRSTHAND_SUPERVISED"}


def in_tables() -> set[str]:
    rows = [line.split("|")[1] for line in GUIDE.read_text().splitlines() if line.startswith("| `")]
    return {name for row in rows for name in NAME.findall(row)}


def test_every_variable_that_is_read_stands_in_the_guide():
    assert len(read_in_code()) > 25
    assert read_in_code() == in_tables()
