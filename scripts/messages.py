"""Collect every sentence of the house into its catalogues, without GNU gettext.

`python scripts/messages.py` rewrites src/firsthand/locale/*/LC_MESSAGES/django.po: what is new is added untranslated,
what is gone is dropped. `extract()` is also what tests/test_translations.py compares the catalogues with.
"""

from __future__ import annotations

import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract as extract_from
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "firsthand"
LANGUAGES = ["de", "de_CH", "fr", "it"]
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def sources() -> list[Path]:
    found = [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html"), *PACKAGE.rglob("*.txt")]
    return sorted(path for path in found if "migrations" not in path.parts and "locale" not in path.parts)


def as_python(path: Path) -> str:
    """A template is turned into Python by Django itself, so both are read by one extractor."""
    from django.utils.translation import templatize

    text = path.read_text(encoding="utf-8")
    return text if path.suffix == ".py" else templatize(text, origin=str(path))


def extract() -> Catalog:
    catalog = Catalog(project="firsthand", header_comment="# Firsthand")
    for path in sources():
        text = io.BytesIO(as_python(path).encode())
        for _line, message, _comments, context in extract_from("python", text, keywords=KEYWORDS):
            catalog.add(message, locations=[(str(path.relative_to(PACKAGE)), None)], context=context)
    return catalog


def catalogue(language: str) -> Path:
    return PACKAGE / "locale" / language / "LC_MESSAGES" / "django.po"


def update(language: str, wanted: Catalog) -> None:
    path = catalogue(language)
    kept = Catalog(locale=language)
    if path.exists():
        with path.open("rb") as file:
            kept = read_po(file, locale=language)
    kept.update(wanted, no_fuzzy_matching=True)
    if language == "de_CH":  # holds only what differs from de: drop the rest, gettext falls back
        for key in [message.id for message in kept if message.id and not message.string]:
            kept.delete(key)
    kept.obsolete.clear()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, kept, width=110, sort_output=True, omit_header=False)


def main() -> None:
    import django
    from django.conf import settings

    settings.configure(USE_I18N=True)
    django.setup()
    wanted = extract()
    for language in LANGUAGES:
        update(language, wanted)
    print(f"{len(wanted)} sentences in {len(LANGUAGES)} catalogues")


if __name__ == "__main__":
    main()
