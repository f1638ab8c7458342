"""Is it such a number? By python-stdnum where it has it, else by our own few lines."""

from functools import lru_cache

from stdnum import ean, iban, luhn
from stdnum.ch import ssn
from stdnum.de import idnr
from stdnum.fr import nir
from stdnum.it import codicefiscale


def ahv(number: str) -> bool:
    return bool(ssn.is_valid(number))


def ahv_or_ean(number: str) -> bool:
    return len(number) == 13 and bool(ean.is_valid(number))


def card(number: str) -> bool:
    """Swiss and European cards carry 80, the country in three digits, the insurer and a serial number;
    Luhn.
    """
    return len(number) == 20 and number.startswith("80") and bool(luhn.is_valid(number))


def kvnr(number: str) -> bool:
    """A letter as two digits, nine digits; weights 1-2, modulo 10 (Anlage zu § 290 SGB V)."""
    letter = ord(number[0].upper()) - 64
    if len(number) != 10 or not 1 <= letter <= 26:
        return False
    return _weighed(f"{letter:02d}{number[1:9]}", (1, 2) * 5) == int(number[9])


def rvnr(number: str) -> bool:
    """Area, day of birth, letter, serial number; weights 2-1-2-5-7-1-2-1-2-1-2-1 (VKVV § 4)."""
    letter = ord(number[8].upper()) - 64
    if len(number) != 12 or not 1 <= letter <= 26:
        return False
    digits = f"{number[:8]}{letter:02d}{number[9:11]}"
    return _weighed(digits, (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1)) == int(number[11])


def tax(number: str) -> bool:
    return bool(idnr.is_valid(number))


def bank(number: str) -> bool:
    """Modulo 97; the country's own rules (a bank that exists) are not asked: a mistyped number is one too."""
    return bool(iban.is_valid(number, check_country=False))


def payment(number: str) -> bool:
    return 13 <= len(number) <= 19 and number[0] in "3456" and bool(luhn.is_valid(number))


def french(number: str) -> bool:
    return bool(nir.is_valid(number))


def fiscal(number: str) -> bool:
    return bool(codicefiscale.is_valid(number))


@lru_cache(maxsize=1)
def bank_lengths() -> dict[str, int]:
    """How long a bank account number is, by country (the register of ISO 13616)."""
    written = (
        "ad24 ae23 al28 at20 az28 ba20 be16 bg22 bh22 br29 by28 ch21 cr22 cy28 cz24 de22 dk18 do28 ee20 eg29 "
        "es24 fi18 fo18 fr27 gb22 ge22 gi23 gl18 gr27 gt28 hr21 hu28 ie22 il23 iq23 is26 it27 jo30 kw30 kz20 "
        "lb28 lc32 li21 lt20 lu20 lv21 ly25 mc27 md24 me22 mk19 mr27 mt31 mu30 nl18 no15 pk24 pl28 ps29 pt25 "
        "qa29 ro24 rs22 sa24 sc31 sd18 se24 si19 sk24 sm27 st25 sv28 tl23 tn24 tr26 ua29 va22 vg24 xk20"
    )
    return {one[:2]: int(one[2:]) for one in written.split()}


def _weighed(digits: str, weights: tuple[int, ...]) -> int:
    """The sum of the digits of each digit times its weight, modulo 10."""
    products = (int(digit) * weight for digit, weight in zip(digits, weights, strict=True))
    return sum(product // 10 + product % 10 for product in products) % 10
