"""What the documents say is there, is there."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("doc", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(doc):
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", doc.read_text()):
        if not target.startswith(("http", "mailto:")):
            assert (doc.parent / target).exists(), f"{doc.name} → {target}"


def test_every_make_target_in_the_documents_exists():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    for doc in DOCS:
        assert set(re.findall(r"`make ([a-z-]+)`", doc.read_text())) <= targets, doc.name


def test_the_version_heads_the_changelog():
    from firsthand import __version__

    assert re.search(
        rf"^## {re.escape(__version__)}\b", (ROOT / "CHANGELOG.md").read_text(), flags=re.MULTILINE
    )


def test_every_command_of_the_readme_exists():
    helped = subprocess.run(
        [sys.executable, "-m", "firsthand", "--help"], capture_output=True, text=True
    ).stdout
    for command in set(re.findall(r"\bfirsthand ([a-z]+)\b", (ROOT / "README.md").read_text())):
        assert command in helped, command


def test_every_room_is_in_the_map():
    text = (ROOT / "ARCHITECTURE.md").read_text()
    for room in (ROOT / "src" / "firsthand").iterdir():
        if (room / "apps.py").exists():
            assert f"| `{room.name}` |" in text, room.name


def test_glossary_has_four_languages_in_every_row():
    rows = [r for r in (ROOT / "docs/glossary.md").read_text().splitlines() if r.startswith("| ")][2:]
    for row in rows:
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        assert len(cells) == 5, row
        assert all(cells[:4]), row
