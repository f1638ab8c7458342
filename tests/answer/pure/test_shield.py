"""A hundred thousand contacts through the pure rule: not one of a colleague or a relative to whoever
decides.
"""

from collections import Counter
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from firsthand.answer.pure.pairing import Contact, Seat, fits, pair

CONTACTS = 100_000
AT_ONCE = 500
LANGUAGES = ("de", "fr", "it")


def seats(rng: Random, count: int) -> list[Seat]:
    return [
        Seat(
            n,
            rng.sample(LANGUAGES, rng.randint(1, 3)),
            ["praemie"],
            synthetic=False,
            decides=rng.random() < 0.3,
            person=1000 + n,
        )
        for n in range(count)
    ]


def contacts(rng: Random, count: int, people: list[int]) -> list[Contact]:
    return [
        Contact(
            n,
            rng.choice(LANGUAGES),
            rng.choice(["", "praemie"]),
            synthetic=False,
            shielded=(apart := rng.random() < 0.2),
            kept_from=rng.sample(people, 2) if apart else (),
        )
        for n in range(count)
    ]


def test_nobody_who_decides_and_no_relative_gets_a_shielded_contact():
    rng, given_to = Random(3), Counter()
    for _ in range(CONTACTS // AT_ONCE):
        here = seats(rng, AT_ONCE // 2)
        waiting = contacts(rng, AT_ONCE, [seat.person for seat in here])
        by_contact = {contact.id: contact for contact in waiting}
        by_seat = {seat.id: seat for seat in here}
        for contact_id, seat_id in pair(waiting, here):
            contact, seat = by_contact[contact_id], by_seat[seat_id]
            given_to["wrong"] += (contact.shielded and seat.decides) or seat.person in contact.kept_from
            given_to["shielded"] += contact.shielded
            given_to["all"] += 1
    assert given_to["wrong"] == 0
    assert given_to["shielded"] > 1_000, "they are answered all the same, by others"
    assert given_to["all"] > CONTACTS / 4


kinds = st.builds(
    lambda shielded, kept: Contact(1, "de", "", synthetic=False, shielded=shielded, kept_from=kept),
    st.booleans(),
    st.lists(st.integers(1, 4), max_size=3),
)
chairs = st.builds(
    lambda decides, person: Seat(1, ["de"], [], synthetic=False, decides=decides, person=person),
    st.booleans(),
    st.integers(1, 4),
)


@given(contact=kinds, seat=chairs)
def test_the_rule_is_this_and_no_more(contact, seat):
    kept = (contact.shielded and seat.decides) or seat.person in contact.kept_from
    assert fits(seat, contact) == (not kept)
    assert pair([contact], [seat]) == ([] if kept else [(1, 1)])
