"""What is sealed opens with its key, in its row, and in no other way."""

import pytest

from firsthand.protect.pure import sealing
from firsthand.protect.pure.sealing import DoesNotOpen, new_key

WORDS = "Lebt getrennt und weiss nicht, wie weiter. Ünïcödé 🙂"
ROW = "4f1c"


def bound(**other):
    given = {"contact": 7, "member": 3, "category": "separation", "purpose": "kvg_b", **other}
    return sealing.bound(given.pop("row", ROW), **given)


def test_what_was_sealed_is_what_is_opened():
    key = new_key()
    box = sealing.seal(WORDS, key, row=ROW, to=bound())
    assert sealing.unseal(box.sealed, box.wrapped, key, row=ROW, to=bound()) == WORDS
    assert WORDS.encode()[:10] not in box.sealed
    assert box.key_id == key.id


def test_each_has_a_key_of_its_own():
    key = new_key()
    one, other = (sealing.seal(WORDS, key, row=ROW, to=bound()) for _ in range(2))
    assert one.sealed != other.sealed
    with pytest.raises(DoesNotOpen):
        sealing.unseal(one.sealed, other.wrapped, key, row=ROW, to=bound())


@pytest.mark.parametrize(
    "other",
    [
        {"row": "4f1d"},
        {"contact": 8},
        {"member": 4},
        {"member": None},
        {"category": "debt"},
        {"purpose": "kvg_c"},
    ],
    ids=str,
)
def test_moved_to_another_row_it_does_not_open(other):
    key = new_key()
    box = sealing.seal(WORDS, key, row=ROW, to=bound())
    with pytest.raises(DoesNotOpen):
        sealing.unseal(box.sealed, box.wrapped, key, row=other.get("row", ROW), to=bound(**other))


def test_the_key_of_one_row_does_not_serve_another():
    key = new_key()
    box = sealing.seal(WORDS, key, row=ROW, to=bound())
    with pytest.raises(DoesNotOpen):
        sealing.unseal(box.sealed, box.wrapped, key, row="other", to=bound())


def test_under_a_new_key_it_opens_with_the_new_one_only():
    old, new = new_key(), new_key()
    box = sealing.seal(WORDS, old, row=ROW, to=bound())
    wrapped = sealing.rewrap(box.wrapped, old, new, row=ROW)
    assert sealing.unseal(box.sealed, wrapped, new, row=ROW, to=bound()) == WORDS
    with pytest.raises(DoesNotOpen):
        sealing.unseal(box.sealed, wrapped, old, row=ROW, to=bound())


def test_one_changed_byte_is_noticed():
    key = new_key()
    box = sealing.seal(WORDS, key, row=ROW, to=bound())
    changed = box.sealed[:-1] + bytes([box.sealed[-1] ^ 1])
    with pytest.raises(DoesNotOpen):
        sealing.unseal(changed, box.wrapped, key, row=ROW, to=bound())


def test_the_length_says_little():
    key = new_key()
    sizes = {len(sealing.seal("x" * many, key, row=ROW, to=bound()).sealed) for many in range(1, 64)}
    assert len(sizes) == 1


def test_a_key_is_named_after_itself_and_does_not_show_itself():
    key = new_key()
    assert key.id == sealing.Key(key.secret).id != new_key().id
    assert key.secret.hex()[:8] not in repr(key)
