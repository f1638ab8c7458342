"""Of a ground that names both countries, the law of one."""

import re

import pytest
from django.utils.translation import override

from firsthand.protect import registry
from firsthand.protect.models import TERMS
from firsthand.protect.pure import laws


@pytest.mark.parametrize(
    ("ground", "ch", "de"),
    [
        ("CH Art. 43 TCA; DE § 9 TDDDG", "Art. 43 TCA", "§ 9 TDDDG"),
        (
            "CH: Art. 27 ATSG, Art. 31 DSG. DE: §§ 13 to 15 SGB I",
            "Art. 27 ATSG, Art. 31 DSG",
            "§§ 13 to 15 SGB I",
        ),
        (
            "No longer: CH Art. 6 (4) FADP; DE Art. 5, § 84",
            "No longer: Art. 6 (4) FADP",
            "No longer: Art. 5, § 84",
        ),
        (
            "A proceeding (CH: Art. 31 FADP. DE: Art. 17 GDPR)",
            "A proceeding (Art. 31 FADP)",
            "A proceeding (Art. 17 GDPR)",
        ),
        (
            "A year: CH Art. 4; only for checking: DE § 67c. Until they lapse: CH Art. 66 (five), DE § 31 (three)",
            "A year: Art. 4; Until they lapse: Art. 66 (five)",
            "only for checking: § 67c; Until they lapse: § 31 (three)",
        ),
        (
            "A year, kept apart: CH Art. 4; no longer than the record, which it proves: CH Art. 6; DE § 67c",
            "A year, kept apart: Art. 4; no longer than the record, which it proves: Art. 6",
            "no longer than the record, which it proves: § 67c",
        ),
        ("Proof of a call (DE: § 7a UWG)", "Proof of a call", "Proof of a call (§ 7a UWG)"),
        ("It belongs to the caller.", "It belongs to the caller.", "It belongs to the caller."),
    ],
)
def test_it_says_the_law_of_one_country_with_the_words_that_lead_to_it(ground, ch, de):
    assert laws.of("CH", ground) == ch
    assert laws.of("DE", ground) == de
    assert laws.of("", ground) == ground


@pytest.mark.parametrize("language", ["en", "de", "fr", "it"])
def test_every_ground_of_the_house_can_be_told_apart_in_every_language(language):
    with override(language):
        grounds = {str(term.law) for term in TERMS.values()}
        grounds |= {str(table.basis) for table in registry.tables()}
        grounds |= {
            str(one.law) for table in registry.tables() for erased in table.erased.values() for one in erased
        }
    both = [ground for ground in grounds if re.search(r"\bCH\b", ground) and re.search(r"\bDE\b", ground)]
    assert len(both) > 10
    for ground in both:
        for country, other_law in (("CH", r"\bDE\b|§ 26 BDSG|SGB|TDDDG"), ("DE", r"\bCH\b|328b|958f|ATSG")):
            said = laws.of(country, ground)
            assert said
            assert not re.search(other_law, said), (country, ground, said)
            assert f"{country} " not in said
