"""While somebody types, what is sealed follows the text; after a reload it stays by its bracket."""

from firsthand.protect.pure.drafts import Said, There, changed

APART = "lebt getrennt"


def there(*words, category="separation"):
    return [There(number, category, word) for number, word in enumerate(words)]


def said(*words, category="separation"):
    return [Said(category, word) for word in words]


def test_what_is_new_comes():
    assert changed([], said(APART), {"separation": 1}) == (said(APART), [])


def test_the_same_again_changes_nothing():
    assert changed(there(APART), said(APART), {"separation": 1}) == ([], [])


def test_what_grew_while_it_was_typed_replaces_the_shorter():
    longer = "lebt getrennt von ihrem Mann"
    assert changed(there(APART), said(longer), {"separation": 1}) == (said(longer), there(APART))


def test_after_a_reload_the_bracket_keeps_it():
    assert changed(there(APART), [], {"separation": 1}) == ([], [])


def test_when_the_bracket_is_deleted_it_goes():
    assert changed(there(APART), [], {}) == ([], there(APART))


def test_a_second_one_beside_a_bracket_keeps_both():
    assert changed(there(APART), said("Scheidung"), {"separation": 2}) == (said("Scheidung"), [])


def test_a_bracket_of_another_category_keeps_nothing():
    assert changed(there(APART), [], {"debt": 1}) == ([], there(APART))


def test_two_brackets_that_became_one_lose_nothing():
    """Side by side the engine writes one bracket for two."""
    assert changed(there("a", "b"), said("a", "b"), {"separation": 1}) == ([], [])


def test_the_same_words_twice_are_sealed_once():
    assert changed([], said(APART, APART), {"separation": 2}) == (said(APART), [])
