"""To whom a file was open, who opened what was sealed, what was found: it goes by its clock, never before the look."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from firsthand.config.logins import OWNER
from firsthand.protect import actions, queries
from firsthand.protect.documents import tables
from firsthand.protect.documents.facts import House
from firsthand.protect.models import TERMS, BreakGlass, Grant, Line, Opening, Read, Review, Run
from firsthand.protect.pure import clocks
from tests import world
from tests.logins import become, everything

pytestmark = pytest.mark.django_db
OLD, YOUNG = 61 * 31, 59 * 30  # days: past sixty months, and not
CLOCKS = ("grant", "opening", "break_glass")
CONTACT = 7


@pytest.fixture(autouse=True)
def _alone(monkeypatch):
    """The lock is a connection of its own; the tests have one. What they make and look at is the administrator's."""
    from contextlib import nullcontext

    monkeypatch.setattr("firsthand.kernel.direct.alone", lambda name: nullcontext())
    with everything():
        yield


def ago(days: int):
    return timezone.now() - timedelta(days=days)


def night(*, logs: bool = True) -> Run:
    """`logs`: months of the read log that are over go, too."""
    Run.objects.all().delete()
    planned = actions.dry_run(timezone.localdate(), by=None)
    if not logs:
        planned.lines.filter(clock="read_log").delete()
    return actions.carry_out(timezone.localdate(), by=None)


def went(*, logs: bool = True) -> dict[str, tuple[int, int, int]]:
    """What was planned, held and gone, by clock."""
    done = night(logs=logs)
    return {one.clock: (one.planned, one.held, one.went) for one in done.lines.filter(clock__in=CLOCKS)}


def grant(days: int, *, contact: int = CONTACT) -> Grant:
    at = ago(days)
    given = {"person": world.ada(), "member": world.frau_keller(), "contact_id": contact}
    return Grant.objects.create(**given, opened_at=at, closed_at=at + timedelta(minutes=9))


def glass(days: int, *said: str) -> BreakGlass:
    """Opened and closed that long ago, and this was said to it two days later."""
    at, shut = ago(days), ago(days) + timedelta(minutes=5)
    given = {"person": world.carla(), "member": world.frau_keller(), "opened_at": at, "ends_at": shut}
    made = BreakGlass.objects.create(**given, kind="letter", branch="basic", reason="A letter of theirs")
    same = {"person": made.person, "member": made.member, "break_glass": made, "ends_at": shut}
    Grant.objects.create(**same, opened_at=at, closed_at=shut)
    for says in said:
        Review.objects.create(
            break_glass=made, says=says, words="Which?", by=world.petra(), at=at + timedelta(days=2)
        )
    return made


def opening(days: int) -> Opening:
    given = {"opened_by": world.ada(), "contact_id": CONTACT, "reason": "Asked about the therapy"}
    return Opening.objects.create(confidence_id="0" * 32, opened_at=ago(days), **given)


def look(days: int, **cause) -> None:
    """A read of the same moment, which the log still tells of."""
    row = {
        "at": ago(days) - timedelta(seconds=1), "actor_id": world.ada().pk, "role": "helper", "why": "",
        "member_id": world.frau_keller().pk, "what": "file", "purposes": [], **cause,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO protect_read ({', '.join(row)}) VALUES ({', '.join(['%s'] * len(row))})",
            list(row.values()),
        )


def test_what_was_closed_long_enough_ago_goes_and_the_protocol_counts_it():
    grant(OLD), opening(OLD), glass(OLD, "asked", "answered", "justified")
    young = grant(YOUNG), opening(YOUNG), glass(YOUNG, "justified")
    assert went() == dict.fromkeys(CLOCKS, (1, 0, 1))
    assert (Opening.objects.get(), BreakGlass.objects.get()) == young[1:]
    assert [one.break_glass for one in Grant.objects.order_by("contact_id")] == [None, young[2]]
    assert [one.break_glass for one in Review.objects.all()] == [young[2]]


def test_the_dry_run_counts_and_touches_nothing():
    grant(OLD), opening(OLD), glass(OLD, "justified")
    planned = actions.dry_run(timezone.localdate(), by=None)
    assert [one.planned for one in planned.lines.filter(clock__in=CLOCKS)] == [1, 1, 1]
    assert [one.objects.count() for one in (Grant, Opening, BreakGlass, Review)] == [2, 1, 1, 1]


@pytest.mark.parametrize("said", [(), ("asked",), ("asked", "answered")])
def test_an_opening_that_nobody_has_judged_never_goes(said):
    glass(4000, *said)
    assert went()["break_glass"] == (0, 0, 0)
    assert [len(queries.reviews()), Review.objects.count(), Grant.objects.count()] == [1, len(said), 1]


def test_its_clock_counts_from_the_day_it_was_judged():
    made = glass(OLD)
    Review.objects.create(break_glass=made, says="justified", by=world.petra(), at=ago(YOUNG))
    assert went()["break_glass"] == (0, 0, 0)


def test_a_grant_that_is_open_never_goes():
    """Nor does the one before it in the same contact."""
    grant(4000)
    actions.open_file(CONTACT, world.frau_keller(), by=world.carla())
    assert went()["grant"] == (0, 0, 0)
    assert Grant.objects.count() == 2


def test_what_a_look_refers_to_stays_as_long_as_the_look():
    made = glass(OLD, "justified")
    grant(OLD), opening(OLD)
    look(OLD, what="confidence", contact_id=CONTACT)
    look(OLD - 1, break_glass_id=made.pk)
    look(OLD - 1, contact_id=CONTACT)
    assert went(logs=False) == dict.fromkeys(CLOCKS, (0, 0, 0))
    assert "A letter or an e-mail to answer, opened without a call" in {
        one.cause for one in queries.looks(queries.Filter()).rows
    }


@pytest.mark.parametrize(("month_before", "asks"), [(4, False), (0, True)])
def test_a_month_of_them_at_once_needs_a_yes_the_first_time_only(monkeypatch, month_before, asks):
    """They go when the month of the log has gone: most nights none, once a month all."""
    monkeypatch.setattr(clocks, "FLOOR", 2)
    for past, many in ((40, month_before), *((night, 0) for night in range(20, 1, -1))):
        before = Run.objects.create(day=timezone.localdate() - timedelta(days=past), ended_at=timezone.now())
        given = {"table": "protect_grant", "clock": "grant", "cutoff": before.day, "planned": many}
        Line.objects.create(run=before, **given, went=many)
    for _ in range(4):
        grant(OLD)
    assert actions.dry_run(timezone.localdate(), by=None).needs_yes is asks


def test_a_look_at_another_member_or_in_another_contact_keeps_nothing():
    grant(OLD), opening(OLD), glass(OLD, "justified")
    look(OLD - 1, contact_id=CONTACT + 1)
    look(OLD - 1, contact_id=CONTACT, actor_id=world.petra().pk)
    assert went(logs=False) == dict.fromkeys(CLOCKS, (1, 0, 1))
    assert Read.objects.count() == 2


def test_a_legal_hold_keeps_what_is_of_its_member():
    grant(OLD), glass(OLD, "justified")
    placed = actions.hold(
        world.frau_keller(), reason="Court case of 2023", until=timezone.localdate(), by=world.petra()
    )
    assert went() == {"grant": (0, 1, 0), "opening": (0, 0, 0), "break_glass": (0, 1, 0)}
    actions.lift_hold(placed, by=world.petra())
    assert went() == {"grant": (1, 0, 1), "opening": (0, 0, 0), "break_glass": (1, 0, 1)}


def test_none_of_them_is_shorter_than_the_read_log():
    petra = world.petra()
    actions.set_clock("read_log", 72, by=petra)
    for code in CLOCKS:
        with pytest.raises(actions.OutOfBounds, match="72 to 120"):
            actions.set_clock(code, 71, by=petra)
    grant(OLD + 90), opening(OLD + 90), glass(OLD + 90, "justified")
    assert went() == dict.fromkeys(CLOCKS, (0, 0, 0))
    actions.set_clock("read_log", 12, by=petra)
    assert went() == dict.fromkeys(CLOCKS, (1, 0, 1))


@pytest.mark.parametrize(
    "made",
    [
        lambda: grant(300),
        lambda: actions.open_file(CONTACT, world.frau_keller(), by=world.carla()),
        lambda: glass(4000),
        lambda: glass(300, "justified"),
        lambda: glass(4000, "justified").grant,
        lambda: Review.objects.get(break_glass=glass(4000, "justified")),
        lambda: opening(300),
    ],
    ids=["young", "open", "not judged", "judged lately", "without its opening", "its verdict", "read lately"],
)
def test_the_database_lets_nothing_go_before(made):
    row = made()
    with become(OWNER), pytest.raises(IntegrityError), transaction.atomic():
        type(row).objects.filter(pk=row.pk).delete()
    assert type(row).objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("made", [grant, opening, lambda days: glass(days, "justified")])
def test_nor_while_the_log_tells_of_it(made):
    row = made(4000)
    behind = row.pk if isinstance(row, BreakGlass) else None
    look(4000 - 1, contact_id=None if behind else CONTACT, break_glass_id=behind)
    look(4000, what="confidence", contact_id=CONTACT)
    with become(OWNER), pytest.raises(IntegrityError), transaction.atomic():
        type(row).objects.filter(pk=row.pk).delete()


def test_the_officers_page_and_the_papers_say_how_long(client):
    client.force_login(world.petra())
    shown = client.get(reverse("protect:retention")).text
    terms, steps = tables.terms(House(amounts={"read_log": 120})), tables.steps(House())
    for code in CLOCKS:
        assert str(TERMS[code].says) in shown
        assert f"| {TERMS[code].says} | 10 years |" in terms
    for name in ("grant", "opening", "breakglass"):
        assert any(f"`protect_{name}`" in line and "nightly" in line for line in steps.splitlines())
