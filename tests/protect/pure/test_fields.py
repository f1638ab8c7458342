import pytest

from firsthand.know.pure import topics
from firsthand.protect.models import Kind
from firsthand.protect.pure import fields
from firsthand.protect.pure.fields import Part

CATALOGUE = sorted({topic for groups in topics.GROUPS.values() for each in groups.values() for topic in each})


@pytest.mark.parametrize("topic", CATALOGUE)
def test_every_topic_of_the_catalogue_says_what_it_needs(topic):
    assert topic in fields.NEEDS


def test_no_topic_stands_there_that_nobody_can_name():
    assert set(fields.NEEDS) == set(CATALOGUE)


def test_before_a_concern_is_named_and_of_an_unknown_one_nothing_more_is_needed():
    assert fields.needed("") == fields.needed("marketing") == frozenset()


def test_a_number_is_for_calling_back():
    assert all(Part.PHONE not in fields.needed(topic) for topic in CATALOGUE)
    assert fields.needed("praemie", callback=True) == fields.needed("praemie") | {Part.PHONE}


def test_no_concern_needs_the_whole_file():
    assert all(len(parts) < len(Part) - 1 for parts in fields.NEEDS.values())


def test_each_kind_of_broken_glass_says_what_it_needs():
    assert set(fields.OUTSIDE) == set(Kind.values)
