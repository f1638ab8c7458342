"""Outright statements in every word order, and the near misses beside them: notes that nothing was learned from."""

from functools import cache

import pytest

from firsthand.protect.pure.categories import CONFIDED, MEDICAL
from firsthand.protect.pure.screen import screen
from tests.corpus.reading import LANGUAGES
from tests.corpus.scoring import Score, score

# What is reached, of `tests/corpus/outright`: whoever makes the screen worse hears of it. Found under its own kind,
# cut out under any, and the share of ordinary sentences that lost something.
OWN = {"de": 0.78, "fr": 0.97, "it": 0.95, "en": 1.0}
ANY = {"de": 0.85, "fr": 1.0, "it": 0.97, "en": 1.0}
ALARMS = {"de": 0.024, "fr": 0.053, "it": 0.073, "en": 0.054}


@cache
def scored(lang: str) -> Score:
    return score("outright", lang)[0]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_told_outright_is_found_in_any_word_order(lang):
    assert scored(lang).recall(CONFIDED | MEDICAL) >= OWN[lang]
    assert scored(lang).any_recall(CONFIDED | MEDICAL) >= ANY[lang]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_near_misses_are_mostly_left_alone(lang):
    assert scored(lang).sentences > 50
    assert scored(lang).false_alarms() <= ALARMS[lang]


def kinds(text: str, lang: str = "de") -> set[str]:
    return {finding.category.value for finding in screen(text, lang=lang, concern="CH15").findings}


@pytest.mark.parametrize(
    "said",
    [
        "Sie zieht aus, weil er sie schlägt.",
        "Er schlägt sie.",
        "Sie sagt, er habe sie geschlagen.",
        "Wird vo ihrem Maa gschlage.",
    ],
)
def test_who_is_hit_is_heard_in_every_order(said):
    assert "violence" in kinds(f"Umzug per 1.12. nach Bahnhofstrasse 12, 8001 Zürich. {said}")


@pytest.mark.parametrize(
    ("lang", "said", "kind"),
    [
        ("de", "Verbilligung ist abhängig vom Einkommen.", "addiction"),
        ("de", "Die alte App ist gestorben, bitte neue laden.", "death"),
        ("fr", "L'imprimante est morte, attestation envoyée demain.", "death"),
        ("en", "Expects a call on Tuesday about the glasses.", "pregnancy"),
    ],
)
def test_a_listed_word_in_a_phrase_that_is_listed_as_ordinary_tells_nothing(lang, said, kind):
    assert kind not in kinds(said, lang)
