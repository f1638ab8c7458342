from hypothesis import given
from hypothesis import strategies as st

from firsthand.answer.pure.pairing import Contact, Seat, fits, pair

LANGUAGES = ["de", "fr", "it"]
TOPICS = ["praemie", "umzug"]


def numbered(things):
    return [make(n) for n, make in enumerate(things)]


contacts = st.lists(
    st.builds(
        lambda language, topic, synthetic, declined: (
            lambda n: Contact(n, language, topic, synthetic, declined)
        ),
        st.sampled_from(LANGUAGES),
        st.sampled_from(["", *TOPICS]),
        st.booleans(),
        st.lists(st.integers(0, 12), max_size=3),
    ),
    max_size=25,
).map(numbered)
seats = st.lists(
    st.builds(
        lambda languages, topics, synthetic: lambda n: Seat(n, languages, topics, synthetic),
        st.lists(st.sampled_from(LANGUAGES), min_size=1, unique=True),
        st.lists(st.sampled_from(TOPICS), min_size=1, unique=True),
        st.booleans(),
    ),
    max_size=12,
).map(numbered)


@given(contacts, seats)
def test_nobody_is_given_twice_and_everybody_fits(waiting, ready):
    pairs = pair(waiting, ready)
    assert len({contact for contact, _ in pairs}) == len({seat for _, seat in pairs}) == len(pairs)
    assert all(fits(ready[seat], waiting[contact]) for contact, seat in pairs)


@given(contacts, seats)
def test_nobody_waits_while_somebody_fit_stays_free(waiting, ready):
    pairs = pair(waiting, ready)
    left = [contact for contact in waiting if contact.id not in {contact for contact, _ in pairs}]
    free = [seat for seat in ready if seat.id not in {seat for _, seat in pairs}]
    assert not [(contact, seat) for contact in left for seat in free if fits(seat, contact)]


@given(contacts, seats)
def test_it_is_the_plain_way_said_faster(waiting, ready):
    """Each in turn takes the first that fits and is free."""
    taken, plain = set(), []
    for contact in waiting:
        seat = next((seat for seat in ready if seat.id not in taken and fits(seat, contact)), None)
        if seat is not None:
            taken.add(seat.id)
            plain.append((contact.id, seat.id))
    assert pair(waiting, ready) == plain
