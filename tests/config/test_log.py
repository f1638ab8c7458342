"""The technical log carries ids, never a name, a number or a word of a caller."""

import json
import logging
import sys

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from firsthand.config.logs import Json, Words
from firsthand.people.models import Person
from tests import world


def record(message: str, **more) -> logging.LogRecord:
    made = logging.LogRecord("firsthand.test", logging.ERROR, __file__, 1, message, (), None)
    vars(made).update(more)
    return made


def raised(error: Exception) -> logging.LogRecord:
    try:
        raise error
    except Exception:
        return record("a chore failed", exc_info=sys.exc_info())


@pytest.mark.parametrize("formatter", [Words(), Json()])
def test_an_exception_is_its_class_and_its_lines(formatter):
    said = formatter.format(raised(ValueError("no concern of Ruth Keller")))
    assert "ValueError" in said
    assert "test_log.py" in said
    assert "Keller" not in said


@pytest.mark.django_db
def test_a_database_error_is_its_code_and_its_constraint():
    world.ada()
    try:
        Person.objects.create(email="ada@firnlicht.example", name="Ruth Keller")
    except IntegrityError as error:
        said = Words().format(record("bad", exc_info=(type(error), error, error.__traceback__)))
    assert "IntegrityError 23505 people_person" in said
    assert "firnlicht" not in said


def test_ids_that_are_given_are_written():
    entry = json.loads(Json().format(record("moved", contact=17, seat="4", thing=object())))
    assert entry["contact"] == 17
    assert entry["seat"] == "4"
    assert "thing" not in entry


class Broken:
    def __init__(self, get_response):
        pass

    def __call__(self, request):
        raise RuntimeError("Ruth Keller")


def test_a_request_that_failed_is_its_route(settings, caplog):
    settings.MIDDLEWARE = ["tests.config.test_log.Broken"]
    client = Client(raise_request_exception=False)
    assert client.get("/people/welcome/ruth-keller/?name=Keller").status_code == 500
    said = [Words().format(found) for found in caplog.records if found.name == "django.request"]
    assert said
    assert "500 GET" in said[0]
    assert not any("eller" in line for line in said)


@pytest.mark.django_db
def test_a_sentence_that_quotes_an_exception_has_its_class(django_capture_on_commit_callbacks, caplog):
    def fails() -> None:
        raise ValueError("no concern of Ruth Keller")

    with django_capture_on_commit_callbacks(execute=True):
        transaction.on_commit(fails, robust=True)
    [found] = [one for one in caplog.records if "on_commit" in one.getMessage()]
    for formatter in (Words(), Json()):
        said = formatter.format(found)
        assert "ValueError" in said
        assert "Keller" not in said
