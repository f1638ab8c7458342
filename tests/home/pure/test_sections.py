"""Each role's start page, and the one thing to do first."""

import pytest

from firsthand.home.pure.sections import ANSWERING, first_step, sections
from firsthand.people import models


@pytest.mark.parametrize(
    ("roles", "shown"),
    [
        (["helper"], ["answering", "heard"]),
        (["advisor"], ["answering", "heard"]),
        (["specialist"], ["answering", "heard"]),
        (["organiser"], ["room", "planned", "heard"]),
        (["executive", "helper"], ["heard", "answering"]),
        (["owner"], ["owned", "heard"]),
        (["protection"], ["looked", "heard"]),
        (["organiser", "helper", "owner"], ["room", "planned", "answering", "owned", "heard"]),
        (["executive", "organiser"], ["room", "planned", "heard", "answering"]),
        ([], ["heard"]),
    ],
)
def test_each_role_sees_its_sections_in_order(roles, shown):
    assert sections(roles) == shown


def test_who_answers_is_said_once():
    assert {role.value for role in models.ANSWERING} == ANSWERING


@pytest.mark.parametrize(
    ("signed", "topics", "state", "step"),
    [
        (True, 3, "away", "say_ready"),
        (True, 3, "ready", "wait"),
        (True, 0, "away", "learn"),
        (False, 0, "away", "sign"),
        (False, 3, "away", "sign"),
        (False, 0, "talking", "go_on"),
        (True, 3, "wrap_up", "go_on"),
        (True, 3, "offered", "go_on"),
    ],
)
def test_there_is_one_first_step(signed, topics, state, step):
    assert first_step(signed=signed, topics=topics, state=state) == step
