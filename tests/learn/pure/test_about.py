"""The concern's topic says what an observation is probably about."""

import csv
from pathlib import Path

import pytest

from firsthand.learn.models import About
from firsthand.learn.pure import about

SRC = Path(about.__file__).parents[2]


@pytest.mark.parametrize(
    ("topic", "guessed"), [("praemie", "premium"), ("rueck", "claims"), ("", "other"), ("nie", "other")]
)
def test_it_guesses_from_the_topic(topic, guessed):
    assert about.guess(topic) == guessed


def test_every_guess_can_be_chosen():
    assert set(about.GUESS.values()) <= set(About.values)


def test_every_topic_of_the_catalogue_has_a_guess():
    tables = list((SRC / "know").rglob("concerns.tsv"))
    topics = {
        row["topic"]
        for table in tables
        for row in csv.DictReader(table.read_text().splitlines(), delimiter="\t")
    }
    assert tables
    assert topics <= set(about.GUESS)
