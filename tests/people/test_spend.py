"""The limit on tries is counted in the database, rightly however many try at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from firsthand.people import actions
from firsthand.people.models import Allowance


@pytest.mark.django_db
def test_it_allows_as_many_as_it_says():
    for _ in range(3):
        actions.spend("verify 17", 3, 60)
    with pytest.raises(actions.TooMany):
        actions.spend("verify 17", 3, 60)
    actions.spend("verify 18", 3, 60)


@pytest.mark.django_db
def test_it_starts_anew_when_the_time_is_over():
    for _ in range(3):
        actions.spend("verify 17", 3, 60)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_allowance SET since = since - interval '61 seconds'")
    actions.spend("verify 17", 3, 60)
    assert Allowance.objects.get().spent == 1


@pytest.mark.django_db
def test_the_table_does_not_tell_who_tried():
    actions.spend("sign-in as ada@firnlicht.example", 3, 60)
    assert "ada" not in Allowance.objects.get().key


@pytest.mark.django_db
def test_old_counters_are_forgotten():
    actions.spend("old", 3, 60)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_allowance SET since = since - interval '2 days'")
    actions.spend("new", 3, 60)
    actions.forget_allowances()
    assert Allowance.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_forty_at_once_are_counted_as_forty():
    def spent(_: int) -> bool:
        try:
            actions.spend("verify 17", 10, 60)
        except actions.TooMany:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as many:
        allowed = sum(many.map(spent, range(40)))
    assert allowed == 10
    assert Allowance.objects.get().spent == 40


@pytest.mark.django_db(transaction=True)
def test_two_organisers_cannot_remove_each_other_at_once():
    from tests import world

    one, two = world.otto(), world.person("Olga Berg", world.Role.ORGANISER)

    def removed(pair) -> bool:
        try:
            actions.leave(pair[0], by=pair[1])
        except actions.LastOrganiser:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as both:
        assert sum(both.map(removed, [(one, two), (two, one)])) == 1


@pytest.mark.django_db(transaction=True)
def test_a_try_inside_a_transaction_that_fails_is_not_counted():
    """Why `spend` is called before the transaction, and not in it."""

    def tried_and_failed() -> None:
        with transaction.atomic():
            actions.spend("verify 17", 3, 60)
            raise actions.LastOrganiser

    with pytest.raises(actions.LastOrganiser):
        tried_and_failed()
    assert not Allowance.objects.exists()
