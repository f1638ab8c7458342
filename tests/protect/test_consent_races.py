"""A call and a withdrawal at the same moment: four who dial, one who takes back, and no call afterwards."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from firsthand.kernel.refusal import Refusal
from firsthand.members.models import Member
from firsthand.protect import actions
from firsthand.protect.models import OutboundContact
from tests import world
from tests.protect import outreach

pytestmark = pytest.mark.django_db(transaction=True)
DIALERS = 4
ROUNDS = 30


def members(count: int) -> list[Member]:
    home = world.frau_keller().household
    made = [
        Member(
            number=f"R{n}", given_name="R", family_name=f"N{n}", sort_name=f"n{n} r", born_on="1960-01-01",
            household=home, phone=f"+4144{n:07}",
        )
        for n in range(count)
    ]  # fmt: skip
    return Member.objects.bulk_create(made)


def race(member: Member) -> None:
    """All at once, each on a connection of its own."""
    start = threading.Barrier(DIALERS + 1)

    def run(job):
        try:
            start.wait(timeout=20)
            job()
        except Refusal:
            pass
        finally:
            connection.close()

    ada, alma = world.ada(), outreach.alma()
    jobs = [lambda: actions.begin_outbound(member, outreach.SCOPE, by=alma)] * DIALERS
    jobs.append(lambda: actions.withdraw(member, way="telephone", by=ada))
    with ThreadPoolExecutor(len(jobs)) as pool:
        for done in [pool.submit(run, job) for job in jobs]:
            done.result(timeout=60)


def after_the_withdrawal() -> int:
    return OutboundContact.objects.filter(at__gt=F("consent__withdrawn_at")).count()


def test_no_call_begins_after_the_withdrawal(settings):
    outreach.in_germany(settings)
    for member in members(ROUNDS):
        outreach.consent(member)
        race(member)
        with pytest.raises(actions.NoLiveProof):
            actions.begin_outbound(member, outreach.SCOPE, by=outreach.alma())
    assert after_the_withdrawal() == 0
    outreach.in_switzerland()


def test_a_withdrawal_waits_for_the_call_that_has_begun_and_the_next_call_for_the_withdrawal(settings):
    """Not by chance: the dialer holds its transaction open while the other tries."""
    outreach.in_germany(settings)
    keller = world.frau_keller()
    outreach.consent(keller)
    order: list[str] = []

    def withdraws():
        try:
            actions.withdraw(keller, way="telephone", by=world.ada())
            order.append("withdrawn")
        finally:
            connection.close()

    other = threading.Thread(target=withdraws)
    with transaction.atomic():
        actions.begin_outbound(keller, outreach.SCOPE, by=outreach.alma())
        other.start()
        other.join(timeout=0.5)
        assert other.is_alive(), "it waits"
        order.append("called")
    other.join(timeout=20)
    assert order == ["called", "withdrawn"]
    with pytest.raises(actions.NoLiveProof):
        actions.begin_outbound(keller, outreach.SCOPE, by=outreach.alma())
    assert after_the_withdrawal() == 0


def test_a_no_by_number_waits_too():
    outreach.in_switzerland()
    keller = world.frau_keller()

    def says_no():
        try:
            actions.suppress(number=keller.phone, why="wish", by=world.petra())
        finally:
            connection.close()

    other = threading.Thread(target=says_no)
    with transaction.atomic():
        actions.begin_outbound(keller, outreach.SCOPE, by=outreach.alma())
        other.start()
        other.join(timeout=0.5)
        assert other.is_alive()
    other.join(timeout=20)
    with pytest.raises(actions.NoLiveProof):
        actions.begin_outbound(keller, outreach.SCOPE, by=outreach.alma())


def waits_for_a_consent(job) -> threading.Thread:
    """Begun while a consent is being written down, and it waits until that is done."""

    def run():
        try:
            job()
        finally:
            connection.close()

    other = threading.Thread(target=run)
    with transaction.atomic():
        outreach.consent()
        other.start()
        other.join(timeout=0.4)
        assert other.is_alive(), "it waits"
    other.join(timeout=20)
    return other


def test_a_no_beside_a_consent_that_takes_back_the_no_before_holds():
    outreach.in_switzerland()
    keller, ada = world.frau_keller(), world.ada()
    actions.withdraw(keller, way="telephone", by=ada)
    waits_for_a_consent(lambda: actions.withdraw(keller, way="telephone", by=ada))
    with pytest.raises(actions.NoLiveProof):
        actions.begin_outbound(keller, outreach.SCOPE, by=outreach.alma())


def test_of_two_who_write_down_the_same_consent_the_second_hears_that_it_is_there():
    outreach.in_switzerland()
    world.frau_keller()
    outreach.alma()
    said = []

    def second():
        with pytest.raises(actions.GivenAlready):
            outreach.consent()
        said.append("there already")

    waits_for_a_consent(second)
    assert said == ["there already"]


def test_an_old_snapshot_begins_no_call():
    outreach.in_switzerland()
    keller, alma = world.frau_keller(), outreach.alma()
    with pytest.raises(IntegrityError, match="read committed"), transaction.atomic():  # noqa: PT012
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        OutboundContact.objects.create(member=keller, kind="advertising", purpose=outreach.SCOPE, person=alma)
