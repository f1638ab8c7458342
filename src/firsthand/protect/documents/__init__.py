"""The documents a supervisor asks for, out of the model: what the code declares and what the insurer has set.

Nobody writes them by hand, so none of them is out of date: a difference between the code and the copies in
docs/protect fails the build. `firsthand documents` writes an insurer's own, with the terms it has set.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext, gettext_noop, override

from firsthand.protect.documents import facts, tables
from firsthand.protect.queries import clocks as queries

# The file's name in each language it is written in. The code of the document is its template.
NAMES: dict[str, dict[str, str]] = {
    "de": {
        "regulation": "bearbeitungsreglement",
        "record": "verarbeitungsverzeichnis",
        "assessment": "folgenabschaetzung",
        "deletion": "loeschkonzept",
        "map": "datenlandkarte",
    },
    "fr": {
        "regulation": "reglement-de-traitement",
        "record": "registre-des-traitements",
        "assessment": "analyse-d-impact",
        "deletion": "concept-d-effacement",
        "map": "carte-des-donnees",
    },
}

# What stands at the top of each.
TITLES = {
    "regulation": gettext_noop("Processing regulation"),
    "record": gettext_noop("Record of processing activities"),
    "assessment": gettext_noop("Data protection impact assessment: draft"),
    "deletion": gettext_noop("Deletion concept"),
    "map": gettext_noop("Data map"),
}

Rights = Mapping[str, Mapping[str, str]]
Questions = Callable[[str], Mapping[str, str]]
_known: dict[str, Any] = {}


def know(rights: Rights, questions: Questions) -> None:
    """What each database login may do, and what the catalogue's concerns ask. Told at the start: both stand above
    this room, in config/zones.py and in `know`."""
    _known.update(rights=rights, questions=questions)


def delivered() -> facts.House:
    """Firsthand as it comes: with the terms of the house, for either country."""
    return facts.House(**_known)


def ours(*, insurer: str = "") -> facts.House:
    """This installation: the law of its country, with the terms that the insurer has set."""
    amounts = {code: one.amount for code, one in queries.all_set().items()}
    insurer = insurer or settings.INSURER
    return facts.House(insurer=insurer, country=settings.COUNTRY, amounts=amounts, **_known)


def titled(language: str) -> list[tuple[str, str]]:
    """Every document in one language: the name of its file, and its title."""
    with override(language):
        return [(name, gettext(TITLES[code])) for code, name in NAMES[language].items()]


def written(language: str, *, house: facts.House) -> dict[str, str]:
    """Every document in one language, by the name of its file."""
    with override(language):
        given = {"house": house, **tables.all_of(house, house.questions(language))}
        return {f"{name}.md": _tidy(code, given) for code, name in NAMES[language].items()}


def _tidy(code: str, given: Mapping[str, object]) -> str:
    """Markdown: no blanks at the ends of lines, never two empty lines."""
    text = render_to_string(f"protect/documents/{code}.txt", dict(given))
    lines: list[str] = []
    for line in (line.rstrip() for line in text.strip().splitlines()):
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines) + "\n"
