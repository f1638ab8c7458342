"""The word lists, read from their source into tables of short strings, as they are stored (`stored.py`).

Everything a table holds is text: thousands of small Python things would take longer to make than one note
takes to screen. A row becomes things when a word of a note asks for it (`lexicon.py`).
"""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from firsthand.protect.pure.categories import CONFIDED, MEDICAL, Category
from firsthand.protect.pure.screen.entries import ENDINGS, Entry, entries
from firsthand.protect.pure.screen.fold import spellings

HERE = Path(__file__).parents[2] / "lexicon"
LANGUAGES = ("de", "fr", "it", "en")
CATEGORIES = sorted(CONFIDED | MEDICAL)
FOREIGN = 8  # letters from which on an entry holds in notes of every language
LONG = 9  # letters from which on a word may have one wrong: in shorter ones one letter makes another word
Table = dict[str, str]


class Tables:
    """`exact`: word → elements. `stems`: its first four letters → stems; `starts`: the few of three.

    `rules`: element of the rarest part → rules. `hints`: element → categories. `heads`, `tails`: stems of long
    words by their first four letters and by the sixth to the ninth, for words with a typing error. `alone`:
    elements that are a rule by themselves; `beside`: those that a longer one looks for beside its rarest part,
    counted through, as `rules` name them.
    """

    def __init__(self) -> None:
        self.made: dict[str, dict[str, dict[str, None]]] = {
            name: {}
            for name in ("exact", "stems", "starts", "rules", "hints", "alone", "beside", "heads", "tails")
        }
        self.ids: dict[str, int] = {}

    def put(self, table: str, key: str, row: str) -> None:
        self.made[table].setdefault(key, {})[row] = None  # once, in the order of the source

    def add(
        self, found: Iterable[Entry], category: Category, lang: str, classes: dict[str, list[str]]
    ) -> None:
        for entry in found:
            parts = [(self._element(part.element, lang, classes), part.gap) for part in entry.parts]
            rarest = sorted(range(len(parts)), key=lambda at: _weight(entry.parts[at].element), reverse=True)
            anchor, beside = rarest[0], rarest[:2][-1]
            here = lang if entry.only or (category is not Category.MEDICATION and _common(entry)) else "-"
            marks = ("a" if entry.anyhow else "") + ("c" if entry.calm else "") + ("w" if entry.weak else "")
            said = " ".join(
                f"{0 if at == anchor else self._beside(element)}:{gap}"
                for at, (element, gap) in enumerate(parts)
            )
            row = f"{category} {here} {anchor} {beside} {marks or '-'} {said}"
            self.put("rules", str(parts[anchor][0]), row)
            if len(parts) == 1:
                self.put("alone", str(parts[0][0]), "1")
            for part, (element, _) in zip(entry.parts, parts, strict=True):
                if not entry.calm and not part.element.startswith("<"):
                    self.put("hints", str(element), category.value)

    def joined(self) -> dict[str, Table]:
        joint = {"rules": "|"}
        return {
            name: {key: joint.get(name, " ").join(rows) for key, rows in table.items()}
            for name, table in self.made.items()
        }

    def _beside(self, element: int) -> str:
        counted = self.made["beside"]
        return next(iter(counted.setdefault(str(element), {str(len(counted)): None})))

    def _element(self, written: str, lang: str, classes: dict[str, list[str]]) -> int:
        key = f"{lang}:{written}"
        if key not in self.ids:
            self.ids[key] = len(self.ids)
            for form in _forms(written, classes):
                self._register(form, str(self.ids[key]), lang)
        return self.ids[key]

    def _register(self, form: str, element: str, lang: str) -> None:
        begins, ends = not form.startswith("*"), not form.endswith("*")
        for stem in spellings(form.strip("*~")):
            if form.endswith("~"):
                for ending in ENDINGS[lang]:
                    self.put("exact", stem + ending, element)
                self._long(stem, element, whole=False)
            elif begins and ends:
                self.put("exact", stem, element)
                self._long(stem, element, whole=True)
            elif len(stem) == 3 and begins:
                self.put("starts", stem, element)
            elif len(stem) < 4:
                raise ValueError(
                    f"“{form}”: a stem with a star has three letters or more, inside a word four"
                )
            else:
                self.put("stems", stem[:4], f"{stem},{begins + 2 * ends},{element}")
                if begins:
                    self._long(stem, element, whole=False)

    def _long(self, stem: str, element: str, *, whole: bool) -> None:
        if len(stem) >= LONG and stem.isalpha():
            row = f"{stem},{whole:d},{element}"
            self.put("heads", stem[:4], row)
            self.put("tails", stem[5:9], row)


def _forms(written: str, classes: dict[str, list[str]]) -> Iterator[str]:
    for form in written.split("/"):
        if form.startswith("<"):
            yield from classes[form[1:-1]]
        else:
            yield form


@cache
def _shortest(written: str) -> int:
    return min(len(form.strip("*~")) for form in written.split("/"))


def _common(entry: Entry) -> bool:
    """So short that in another language it may be any word: "sale", "nun", "sonde" hold in their own only."""
    return sum(_shortest(part.element) for part in entry.parts) < FOREIGN


def _weight(written: str) -> tuple[bool, int]:
    """A long word is rare and a class is not: look for the rarest first."""
    return not written.startswith("<"), _shortest(written)


def lines(path: Path) -> list[str]:
    """Words of a plain list, without comments; several may stand on a line."""
    return [
        word.strip()
        for line in path.read_text(encoding="utf-8").splitlines()
        for word in line.partition("#")[0].split(",")
        if word.strip()
    ]


def classes_of(lang: str) -> dict[str, list[str]]:
    """`kin: mann frau tochter …`, one class a line; a later line of the same name adds to it."""
    found: dict[str, list[str]] = {}
    for line in lines(HERE / lang / "classes.txt"):
        name, _, forms = line.partition(":")
        found.setdefault(name.strip(), []).extend(forms.split())
    return found


def phrases() -> dict[str, Table]:
    """Every word list of every language and category, as tables."""
    tables = Tables()
    for lang in LANGUAGES:
        classes = classes_of(lang)
        for category in CATEGORIES:
            text = (HERE / lang / f"{category}.txt").read_text(encoding="utf-8")
            tables.add(entries(text), category, lang, classes)
    return tables.joined()
