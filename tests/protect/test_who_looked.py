"""The data-protection officer sees who looked; the helper with the open file sees when and as what."""

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from firsthand.answer import actions as answer_actions
from firsthand.journal.models import Entry
from firsthand.protect import actions, queries
from firsthand.protect.queries import chaining, looking
from tests import world
from tests.answer import room
from tests.protect.reads import reads

pytestmark = pytest.mark.django_db

PAGE = "/protect/looked/"
HTMX = {"HX-Request": "true"}


def look(contact: int = 41, by=None, times: int = 1):
    person, keller = by or world.ada(), world.frau_keller()
    actions.open_file(contact, keller, by=person)
    for _ in range(times):
        queries.file_for(person, contact)
    return keller


def petra(client):
    client.force_login(world.petra())
    return client


def test_the_officer_sees_who_when_and_for_which_contact(client):
    look(contact=41)
    page = petra(client).get(PAGE).text
    assert "Ada Lindner" in page
    assert "100200300" in page
    assert ">41<" in page
    assert "Keller" not in page  # of members the number only


def test_nobody_else_sees_the_page(client):
    for person in (world.ada(), world.carla(), world.otto(), world.eva(), world.dario()):
        client.force_login(person)
        assert client.get(PAGE).status_code == 404
        assert client.get(f"{PAGE}check/").status_code == 404
        assert client.post(f"{PAGE}{look().pk}.csv").status_code == 404
        assert client.post(f"{PAGE}find/", {"number": "100200300"}).status_code == 404


def test_a_stranger_is_asked_to_sign_in(client):
    assert client.get(PAGE).status_code == 302
    assert client.get("/protect/who-looked/").status_code == 302


def test_the_filters_stand_in_the_address(client):
    keller = look(41)
    look(42, by=world.carla())
    client = petra(client)
    today = timezone.localdate()

    def who(query):
        page = client.get(f"{PAGE}?{query}", headers=HTMX).text
        return [name for name in ("Ada Lindner", "Carla Bernasconi") if name in page]

    assert who("") == ["Ada Lindner", "Carla Bernasconi"]
    assert who(f"person={world.carla().pk}") == ["Carla Bernasconi"]
    assert who("contact=41") == ["Ada Lindner"]
    assert who(f"member={keller.pk}") == ["Ada Lindner", "Carla Bernasconi"]
    assert who(f"member={keller.pk + 1}") == []
    assert who(f"since={today}&until={today}") == ["Ada Lindner", "Carla Bernasconi"]
    assert who(f"until={today - timedelta(days=1)}") == []
    assert who(f"since={today + timedelta(days=1)}") == []
    assert who("person=x&since=yesterday&contact=-1") == ["Ada Lindner", "Carla Bernasconi"]


@pytest.mark.parametrize("typed", ["-1", "a'b", "%00", "9" * 30])
def test_a_filter_that_is_none_filters_nothing(client, typed):
    look()
    for name in ("member", "contact", "before", "person", "since"):
        page = petra(client).get(f"{PAGE}?{name}={typed}")
        assert page.status_code == 200
        assert "One member only" not in page.text


def test_a_number_is_looked_up_without_standing_in_an_address(client):
    keller = look()
    client = petra(client)
    for number in ("100 200 300", "756.1234.5678.97"):
        answer = client.post(f"{PAGE}find/", {"number": number})
        assert answer.url == f"{PAGE}?member={keller.pk}"
    assert client.post(f"{PAGE}find/", {"number": "999"}).status_code == 422
    assert client.get(f"{PAGE}find/").status_code == 405


def test_a_long_list_is_read_page_by_page(client):
    look(times=looking.A_PAGE + 3)
    first = queries.looks(queries.Filter())
    second = queries.looks(queries.Filter(before=first.further))
    assert (len(first.rows), len(second.rows), second.further) == (looking.A_PAGE, 3, None)
    assert not {look.entry for look in first.rows} & {look.entry for look in second.rows}
    assert f"before={first.further}" in petra(client).get(PAGE).text


def test_it_asks_a_fixed_number_of_questions(client):
    client = petra(client)
    look()
    client.get(PAGE)
    asked = []
    for contact in (50, 60):
        for at in range(5):
            look(contact + at, by=world.carla())
        with CaptureQueriesContext(connection) as captured:
            client.get(PAGE)
        asked.append(len(captured))
    assert asked[0] == asked[1] <= 14


def test_it_says_that_the_chain_holds(client):
    look()
    client = petra(client)
    assert (
        'hx-get="/protect/looked/check/"' in client.get(PAGE).text
    )  # a long journal does not hold up the page
    assert "complete and unchanged (" in client.get(f"{PAGE}check/", headers=HTMX).text
    assert "complete and unchanged (" in client.get(PAGE).text


def test_it_says_that_the_chain_is_broken(client, monkeypatch):
    from firsthand.journal.queries import Verdict

    monkeypatch.setattr(chaining.journal, "verify", lambda ledger: Verdict(False, 7, 3, "changed"))
    client = petra(client)
    part = client.get(f"{PAGE}check/", headers=HTMX).text
    for page in (part, client.get(PAGE).text):
        assert "The journal or the read log was changed" in page
        assert "complete and unchanged" not in page


def test_a_members_list_is_handed_over_without_names_and_written_down(client):
    keller = look(41, times=2)
    client = petra(client)
    answer = client.post(reverse("protect:looks_csv", args=[keller.pk]))
    rows = list(csv.reader(io.StringIO(answer.text.lstrip("\ufeff"))))
    assert rows[0] == ["When", "Role", "What", "Why", "Contact"]
    # Handing it over is a look itself, and the newest.
    assert [row[1:] for row in rows[1:]] == [
        ["Data-protection officer", "who looked", "a check by data protection", ""],
        ["Helper", "the file", "a call", "41"],
        ["Helper", "the file", "a call", "41"],
    ]
    assert answer["Content-Disposition"].startswith("attachment")
    made = client.post(reverse("protect:looks_json", args=[keller.pk])).json()
    assert [row["role"] for row in made["looks"]][2:] == ["Helper", "Helper"]
    assert (
        Entry.objects.filter(verb="handed over", object_id=str(keller.pk), actor_id=world.petra().pk).count()
        == 2
    )
    assert client.get(reverse("protect:looks_csv", args=[keller.pk])).status_code == 405
    assert client.post(reverse("protect:looks_csv", args=[keller.pk + 1])).status_code == 404


def test_the_sheet_for_a_letter_speaks_the_members_language(client):
    keller = look(41, times=3)
    page = petra(client).post(reverse("protect:sheet", args=[keller.pk])).text
    assert "100200300" in page
    assert "Ada Lindner" not in page
    assert "Keller" not in page
    assert page.count("<tr>") == 3, "its head, the three looks in one line, and the handing over"
    assert len(reads(member_id=keller.pk, what="who_looked", why="handed_over")) == 1


def test_who_looks_at_one_members_list_is_in_it(client):
    keller = look()
    petra(client).get(f"{PAGE}?member={keller.pk}")
    client.get(PAGE)
    (read,) = reads(what="who_looked")
    assert (read.actor_id, read.role, read.member_id) == (world.petra().pk, "protection", keller.pk)


def test_a_member_hears_about_which_call_it_was(client):
    ada = world.ada()
    contact = room.talking(ada)
    room.verify(contact)
    answer_actions.name_concern(contact, world.concern(), by=ada)
    queries.file_for(ada, contact.pk)
    client.force_login(ada)
    page = client.get("/protect/who-looked/").text
    assert "about “Warum zahle ich nächstes Jahr mehr?”" in page
    assert f"The call of {date_format(timezone.localdate(), 'DATE_FORMAT')}" in page


def test_the_helper_with_the_open_file_sees_when_and_as_what(client):
    look(41, by=world.eva())
    look(42, by=world.carla())
    look(43)
    client.force_login(world.ada())
    page = client.get("/protect/who-looked/").text
    assert "Specialist" in page
    assert "(you)" in page
    assert "You may read this to the member who is on the line. Colleagues are not named" in page
    assert "Executive" not in page  # on the phone nobody has a rank
    for name in ("Carla Bernasconi", "Eva Steiner", "Ruth Keller"):
        assert name not in page
    assert len(reads(what="who_looked", contact_id=43, actor_id=world.ada().pk)) == 1


def test_without_an_open_file_there_is_nothing_to_see(client):
    look()
    client.force_login(world.carla())
    assert client.get("/protect/who-looked/").status_code == 404
    actions.close_file(41, by=world.ada())
    client.force_login(world.ada())
    assert client.get("/protect/who-looked/").status_code == 404


def test_the_page_is_not_kept_by_the_browser(client):
    look()
    assert "no-store" in petra(client).get(PAGE)["Cache-Control"]


def test_looks_before_and_after_midnight_are_two_visits():
    """By the insurer's clock: at half past midnight it is still yesterday in UTC."""
    look()
    (one,) = queries.looked(world.frau_keller())
    evening = datetime(2026, 7, 1, 23, 30, tzinfo=timezone.get_default_timezone())
    for minutes, days in ((20, 1), (60, 2)):
        later = replace(one, at=(evening + timedelta(minutes=minutes)).astimezone(UTC))
        assert len(queries.visits([later, replace(one, at=evening.astimezone(UTC))])) == days
