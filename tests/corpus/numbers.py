"""Valid, fictitious numbers for the placeholders of the corpus.

Their checksums are right, their owners do not exist: nobody has these banks, insurers and card ranges.
"""

from collections.abc import Callable
from random import Random

from stdnum import ean, iban, luhn
from stdnum.de import idnr
from stdnum.fr import nir
from stdnum.iso7064 import mod_11_10
from stdnum.it import codicefiscale

CONSONANTS = "BCDFGLMNPRSTVZ"
KVNR_WEIGHTS = (1, 2) * 5
RVNR_WEIGHTS = (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2)


def kvnr_digit(stem: str) -> str:
    """Letter and eight digits of a German health insurance number: what the ninth digit must be."""
    digits = f"{ord(stem[0]) - 64:02d}{stem[1:]}"
    return str(sum(_cross(int(d) * w) for d, w in zip(digits, KVNR_WEIGHTS, strict=True)) % 10)


def rvnr_digit(stem: str) -> str:
    """The first eleven places of a German pension insurance number: what the twelfth must be."""
    digits = f"{stem[:8]}{ord(stem[8]) - 64:02d}{stem[9:]}"
    return str(sum(_cross(int(d) * w) for d, w in zip(digits, (*RVNR_WEIGHTS, 1), strict=False)) % 10)


def filled(kind: str, chance: Random) -> str:
    """A number of this kind as somebody would type it."""
    return MAKERS[kind](chance)


def _cross(product: int) -> int:
    return product // 10 + product % 10


def _digits(chance: Random, count: int) -> str:
    return "".join(chance.choice("0123456789") for _ in range(count))


def _grouped(number: str, *lengths: int, by: str = " ") -> str:
    parts, at = [], 0
    for length in lengths:
        parts.append(number[at : at + length])
        at += length
    return by.join(part for part in parts if part)


def _ahv(chance: Random) -> str:
    stem = "756" + _digits(chance, 9)
    number = stem + ean.calc_check_digit(stem)
    dotted = _grouped(number, 3, 4, 4, 2, by=".")
    return chance.choice((dotted, dotted, number, _grouped(number, 3, 4, 4, 2)))


def _card(chance: Random) -> str:
    stem = "80756" + "09" + _digits(chance, 12)
    number = stem + luhn.calc_check_digit(stem)
    return chance.choice((number, _grouped(number, 5, 5, 5, 5), _grouped(number, 4, 4, 4, 4, 4)))


def _kvnr(chance: Random) -> str:
    stem = chance.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ") + _digits(chance, 8)
    number = stem + kvnr_digit(stem)
    return chance.choice((number, number, _grouped(number, 4, 3, 3), _grouped(number, 1, 3, 3, 3)))


def _birth(chance: Random) -> tuple[int, int, int]:
    return chance.randint(1, 28), chance.randint(1, 12), chance.randint(40, 99)


def _rvnr(chance: Random) -> str:
    day, month, year = _birth(chance)
    area = chance.choice(("02", "13", "24", "38", "50", "65"))
    stem = f"{area}{day:02d}{month:02d}{year}{chance.choice(CONSONANTS)}{_digits(chance, 2)}"
    number = stem + rvnr_digit(stem)
    return chance.choice((number, _grouped(number, 2, 6, 1, 3), _grouped(number, 8, 4)))


def _tax(chance: Random) -> str:
    while True:
        stem = chance.choice("123456789") + _digits(chance, 9)
        number = stem + mod_11_10.calc_check_digit(stem)
        if idnr.is_valid(number):  # one digit twice or three times, all others once
            return chance.choice((number, _grouped(number, 2, 3, 3, 3)))


def _iban(country: str, account: str, chance: Random) -> str:
    number = country + iban.calc_check_digits(f"{country}00{account}") + account
    return chance.choice((_grouped(number, *(4,) * 6), number))


def _iban_ch(chance: Random) -> str:
    return _iban("CH", "89" + _digits(chance, 15), chance)


def _iban_de(chance: Random) -> str:
    return _iban("DE", "9" + _digits(chance, 17), chance)


def _payment_card(chance: Random) -> str:
    stem = chance.choice(("424242", "555555")) + _digits(chance, 9)  # ranges kept for tests
    number = stem + luhn.calc_check_digit(stem)
    return chance.choice((_grouped(number, 4, 4, 4, 4), number, _grouped(number, 4, 4, 4, 4, by="-")))


def _nir(chance: Random) -> str:
    _, month, year = _birth(chance)
    area = chance.randint(10, 94)
    stem = f"{chance.choice('12')}{year}{month:02d}{area}{_digits(chance, 3)}{_digits(chance, 3)}"
    number = stem + nir.calc_check_digits(stem)
    return chance.choice((number, _grouped(number, 1, 2, 2, 2, 3, 3, 2), _grouped(number, 13, 2)))


def _codice_fiscale(chance: Random) -> str:
    day, _, year = _birth(chance)
    letters = "".join(chance.choice(CONSONANTS) for _ in range(6))
    born = f"{year}{chance.choice('ABCDEHLMPRST')}{day + chance.choice((0, 40)):02d}"
    stem = f"{letters}{born}{chance.choice(('C933', 'F205', 'H501'))}"
    number = stem + codicefiscale.calc_check_digit(stem)
    return chance.choice((number, number, number.lower(), _grouped(number, 3, 3, 5, 5)))


MAKERS: dict[str, Callable[[Random], str]] = {
    "ahv": _ahv,
    "card": _card,
    "kvnr": _kvnr,
    "rvnr": _rvnr,
    "tax": _tax,
    "iban_ch": _iban_ch,
    "iban_de": _iban_de,
    "payment_card": _payment_card,
    "nir": _nir,
    "codice_fiscale": _codice_fiscale,
}
