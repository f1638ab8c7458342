"""Collect every sentence of the house into its catalogues, without GNU gettext.

`python scripts/messages.py` rewrites the catalogues in src/firsthand/locale: what is new is added without
a translation, what is gone is dropped. `extract()` is also what tests/test_translations.py compares the
catalogues with.
"""

from __future__ import annotations

import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract as extract_from
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "firsthand"
LANGUAGES = ["de", "fr", "it"]  # and de_CH, which is made from de
HEADER = """# Firsthand, {language}. `make messages` keeps it in step with the sources.
msgid ""
msgstr ""
"Language: {language}\\n"
"Plural-Forms: {plural}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
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
    if path.suffix == ".py":
        return text
    # What is not a sentence comes back as filler, indented as the template was: to Python that is an error.
    return "\n".join(line.lstrip() for line in templatize(text, origin=str(path)).splitlines())


def extract() -> Catalog:
    catalog = Catalog(project="firsthand", header_comment="# Firsthand")
    for path in sources():
        text = io.BytesIO(as_python(path).encode())
        for _line, message, _comments, context in extract_from("python", text, keywords=KEYWORDS):
            catalog.add(message, locations=[(str(path.relative_to(PACKAGE)), None)], context=context)
    return catalog


def catalogue(language: str) -> Path:
    return PACKAGE / "locale" / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    path = catalogue(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def write(language: str, catalog: Catalog) -> None:
    """Without dates and names, so that a diff shows sentences only."""
    path = catalogue(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    head = HEADER.format(language=language, plural=catalog.plural_forms)
    with path.open("wb") as file:
        file.write(head.encode())
        write_po(file, catalog, width=110, sort_output=True, omit_header=True)


def update(language: str, wanted: Catalog) -> None:
    kept = read(language)
    kept.update(wanted, no_fuzzy_matching=True)
    kept.obsolete.clear()
    write(language, kept)


def swiss(text: str) -> str:
    return text.translate({ord("ß"): "ss", ord("„"): "«", ord("“"): "»"})


def update_swiss() -> None:
    """de_CH holds only what Switzerland spells otherwise; config/catalogues.py compiles it whole."""
    catalog = Catalog(locale="de_CH")
    for message in read("de"):
        forms = [message.string] if isinstance(message.string, str) else list(message.string)
        spelt = [swiss(form) for form in forms]
        if message.id and spelt != forms:
            catalog.add(message.id, spelt[0] if len(spelt) == 1 else tuple(spelt), context=message.context)
    write("de_CH", catalog)


def main() -> None:
    import django
    from django.conf import settings

    settings.configure(USE_I18N=True)
    django.setup()
    wanted = extract()
    for language in LANGUAGES:
        update(language, wanted)
    update_swiss()
    print(f"{len(wanted)} sentences in {len(LANGUAGES)} catalogues")


if __name__ == "__main__":
    main()
