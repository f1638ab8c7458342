"""Who locks a person or a member to be the only one at something keeps nobody from naming them in a new row."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection, transaction

from firsthand.answer import actions
from firsthand.answer.models import Case, Contact
from firsthand.kernel import zones
from firsthand.members import actions as members
from firsthand.members.models import Member
from firsthand.people import actions as people
from firsthand.people.models import Person, Role
from firsthand.plan import actions as plan
from firsthand.plan.models import Absence
from firsthand.protect import actions as protect
from tests import world
from tests.answer import room
from tests.plan import fronts

pytestmark = pytest.mark.django_db(transaction=True)

CALENDAR = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"


def may_be_named(row: Person | Member) -> bool:
    """Whether another connection may write a row with a key to this one, as a new contact or a new note does."""

    def key_share() -> bool:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(
                    f"SELECT 1 FROM {row._meta.db_table} WHERE id = %s FOR KEY SHARE NOWAIT", [row.pk]
                )
            return True
        except OperationalError:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(key_share).result(timeout=20)


def breaks_glass() -> Person:
    carla = world.carla()
    why = "The letter of Monday asks what was decided"
    protect.break_glass(world.frau_keller(), kind="letter", branch="basic", reason=why, by=carla)
    return carla


def reads_a_calendar() -> Person:
    ada = world.ada()
    plan.read_calendar(fronts.week(), CALENDAR, by=ada)
    assert not Absence.objects.exists()
    return ada


def corrects() -> Member:
    keller = world.frau_keller()
    members.correct(keller, "phone", "079 555 44 33", by=world.petra())
    return keller


def links_a_case() -> Member:
    contact = Contact.objects.create(language="de", member=world.frau_keller(), concern=world.concern())
    actions.cases.link_case(contact.pk, by=None)
    assert Case.objects.count() == 1
    return world.frau_keller()


def opens_a_file() -> Person:
    room.verify(Contact.objects.get(), world.ada())
    return world.ada()


def takes_an_organisers_role() -> Person:
    people.leave(world.person("Olga Muster", Role.ORGANISER), by=world.otto())
    return world.otto()


JOBS = [breaks_glass, opens_a_file, reads_a_calendar, corrects, links_a_case, takes_an_organisers_role]


@pytest.mark.parametrize("job", JOBS)
def test_nobody_waits_to_name_them(job: Callable[[], Person | Member]):
    for made in (world.petra, world.carla, world.otto, world.frau_keller, world.concern):
        made()
    if job is opens_a_file:
        room.talking()
    with transaction.atomic():
        assert may_be_named(job())


def test_a_restriction_lets_nobody_begin_anything_with_its_member():
    petra, keller = world.petra(), world.frau_keller()

    @zones.within(zones.PROTECTION)
    @transaction.atomic
    def named_meanwhile() -> bool:
        protect.restrict(keller, norm="Art. 18 DSGVO", request=None, by=petra)
        return may_be_named(keller)

    assert not named_meanwhile()
