"""Somebody asks about their data: taken down, checked, worked on, decided, answered; in time, and only so."""

import io
import json
import re
from datetime import timedelta

import pytest
import pyzipper
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from firsthand.answer import actions as answer
from firsthand.answer.queries import desk as desk_of
from firsthand.journal.models import Entry
from firsthand.live.models import Outbox
from firsthand.members import actions as members
from firsthand.protect import actions, queries
from firsthand.protect.actions import packaging
from firsthand.protect.actions.erasing import WorksHere
from firsthand.protect.models import Grant, Hold, Note, Read, Request, RequestEvent
from tests import world
from tests.answer import room
from tests.logins import everything
from tests.people.signing import client_of

pytestmark = pytest.mark.django_db
WORD = "a-long-password"


@pytest.fixture(autouse=True)
def _looking_on():
    """What a test itself makes and looks at is the administrator's to see; actions enter their own zone."""
    with everything():
        yield


def asked(kind: str = "access", **more) -> Request:
    given = {"way": "letter", "member": world.frau_keller(), "by": world.petra(), **more}
    return actions.take_down(kind, **given)


def ready(kind: str = "access", **more) -> Request:
    request = asked(kind, identity="papers", **more)
    actions.start(request, by=world.petra())
    return request


def test_it_is_due_after_thirty_days_in_switzerland_and_after_a_month_in_germany(settings):
    assert asked().due_on == timezone.localdate() + timedelta(days=30)
    settings.COUNTRY = "DE"
    german = asked(received_on=timezone.localdate().replace(month=1, day=31))
    assert (german.due_on.month, german.due_on.day) in {(2, 28), (2, 29)}


def test_the_whole_way_is_a_chain_of_events_with_who_and_when():
    petra, request = world.petra(), asked()
    actions.check_identity(request, "papers", by=petra)
    actions.start(request, by=petra)
    actions.make_package(request, word=WORD, by=petra)
    actions.decide(request, "granted", by=petra)
    actions.answer(request, by=petra)
    said = list(RequestEvent.objects.order_by("id").values_list("why", "state", "by__name"))
    assert said == [
        ("taken_down", "received", "Petra Vogt"),
        ("identity", "checked", "Petra Vogt"),
        ("working", "working", "Petra Vogt"),
        ("handed_over", "working", "Petra Vogt"),
        ("decided", "decided", "Petra Vogt"),
        ("answered", "answered", "Petra Vogt"),
    ]


def test_without_identity_nothing_is_handed_over_granted_or_erased():
    petra, request = world.petra(), asked("erasure")
    with pytest.raises(actions.WhoIsIt):
        actions.make_package(request, word=WORD, by=petra)
    with pytest.raises(actions.WhoIsIt):
        actions.decide(request, "granted", by=petra)
    with pytest.raises(actions.WhoIsIt):
        actions.erase_asked(request, by=petra)
    actions.decide(request, "refused", norm="Art. 12 (6) GDPR", by=petra)


def test_a_refusal_names_its_norm():
    request = ready()
    with pytest.raises(actions.SayWhyNot):
        actions.decide(request, "partly", by=world.petra())


def test_granted_is_not_answered_before_it_is_done():
    request = ready()
    actions.decide(request, "granted", by=world.petra())
    with pytest.raises(actions.NotDone):
        actions.answer(request, by=world.petra())


def test_more_time_once_with_a_reason_and_within_the_law():
    petra, request = world.petra(), ready()
    later = request.due_on + timedelta(days=20)
    with pytest.raises(actions.SayWhyLonger):
        actions.prolong(request, later, why="", by=petra)
    with pytest.raises(actions.TooLate):
        actions.prolong(
            request, request.due_on + timedelta(days=99), why="Many papers to look through", by=petra
        )
    actions.prolong(request, later, why="Many papers to look through", by=petra)
    assert request.due_on == later
    with pytest.raises(actions.NotNow):
        actions.prolong(request, later + timedelta(days=1), why="Even more papers", by=petra)


@pytest.mark.parametrize(
    "change",
    [
        {"state": "answered"},
        {"due_on": "2020-01-01"},
        {"received_on": "2020-01-01"},
        {"country": "XX"},
        {"identity": ""},
        {"member_id": None, "phone": "+41440000000"},
    ],
)
def test_the_database_refuses_to_bend_a_request(change):
    ready()
    with pytest.raises(DatabaseError), transaction.atomic():
        Request.objects.update(**change)


def test_the_database_keeps_events_and_open_requests():
    ready()
    with pytest.raises(DatabaseError), transaction.atomic():
        RequestEvent.objects.update(why="x")
    with pytest.raises(DatabaseError), transaction.atomic():
        RequestEvent.objects.filter().delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Request.objects.filter().delete()


def test_the_database_changes_nothing_of_what_was_answered_and_lets_nothing_be_born_answered():
    petra, request = world.petra(), ready()
    actions.decide(request, "refused", norm="Art. 26 FADP", by=petra)
    actions.answer(request, by=petra)
    with pytest.raises(IntegrityError), transaction.atomic():
        Request.objects.update(norm="Art. 27 FADP")
    born = {"state": "decided", "decision": "refused", "norm": "Art. 26 FADP"}
    about = {name: getattr(request, name) for name in ("kind", "way", "received_on", "country", "due_on")}
    with pytest.raises(IntegrityError), transaction.atomic():
        Request.objects.create(**about, **born, member=world.frau_keller(), taken_by=petra, moved_by=petra)


STATES = ["received", "checked", "working", "decided", "answered"]
LEGAL = {
    ("received", "checked"),
    ("received", "decided"),
    ("checked", "working"),
    ("checked", "decided"),
    ("working", "decided"),
    ("decided", "working"),
    ("decided", "answered"),
}


@given(st.lists(st.sampled_from(STATES), max_size=6))
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_series_of_moves_leaves_the_legal_ones(moves):
    with transaction.atomic():
        request = asked()
        Request.objects.filter(pk=request.pk).update(identity="papers")
        now = "received"
        for move in moves:
            decided = move in {"decided", "answered"}
            try:
                with transaction.atomic():
                    Request.objects.filter(pk=request.pk).update(
                        state=move, decision="granted" if decided else ""
                    )
            except DatabaseError:
                assert now == "answered" or (now, move) not in LEGAL | {(now, now)}
            else:
                assert (now, move) in LEGAL or now == move
                now = move
        transaction.set_rollback(True)


def test_the_package_is_handed_over_once_and_again_only_with_a_reason():
    petra, request = world.petra(), ready()
    assert actions.make_package(request, word=WORD, by=petra)
    with pytest.raises(actions.HandedOver):
        actions.make_package(request, word=WORD, by=petra)
    assert actions.make_package(request, word=WORD, again="The letter was lost", by=petra)
    assert list(RequestEvent.objects.filter(why__startswith="handed").values_list("why", flat=True)) == [
        "handed_over",
        "handed_over_again",
    ]


def test_making_the_package_is_a_read_and_an_entry():
    request = ready()
    actions.make_package(request, word=WORD, by=world.petra())
    read = Read.objects.get(what="export")
    assert (read.member_id, read.request_id, read.role) == (request.member_id, request.pk, "protection")
    assert Entry.objects.filter(verb="handed over", kind="protect.request").exists()


def test_the_zip_opens_with_the_password_only_and_holds_both():
    made = actions.make_package(ready(), word=WORD, by=world.petra())
    archive = pyzipper.AESZipFile(io.BytesIO(made))
    with pytest.raises(RuntimeError):
        archive.read("data.json", pwd=b"wrong-password")
    archive.setpassword(WORD.encode())
    assert archive.namelist() == ["data.json", "data.pdf"]
    assert archive.read("data.pdf").startswith(b"%PDF-")
    assert b"Keller" not in made


def test_portability_gives_what_the_person_told_us_and_nothing_else():
    Note.objects.create(
        member=world.frau_keller(), contact_id=1, purpose="kvg_a", words="Ours alone", written_by=world.ada()
    )
    made = actions.make_package(ready("portability"), form="json", by=world.petra())
    data = json.loads(made)
    assert data["given"]["members_member"][0]["family_name"] == "Keller"
    assert b"Ours alone" not in made
    assert "kept" not in data


def test_a_caller_of_whom_we_have_a_number_only_gets_what_nobody_was_verified_in():
    contact = room.closed(name="R. K.", phone="044 321 87 65")
    mine = room.talking(phone="044 321 87 65")
    room.verify(mine)
    request = actions.take_down(
        "access", way="call", phone="044 321 87 65", identity="number", by=world.petra()
    )
    assert request.phone == "+41443218765"
    data = json.loads(actions.make_package(request, form="json", by=world.petra()))
    contacts = next(one for one in data["kept"] if one["table"] == "answer_contact")
    assert [row["caller_name"] for row in contacts["rows"]] == ["R. K."]
    assert contact.member_id is None
    assert "Limmatstrasse" not in json.dumps(data)


def test_a_colleague_gets_what_is_kept_of_a_colleague_and_no_word_of_a_member():
    room.closed(name="R. Keller", phone="044 321 87 65")
    request = actions.take_down("access", way="desk", person=world.ada(), identity="staff", by=world.petra())
    text = actions.make_package(request, form="json", by=world.petra()).decode()
    assert "ada@firnlicht.example" in text
    assert "443218765" not in text


def test_nothing_is_erased_while_somebody_talks_with_the_member():
    contact = room.talking(name="Ruth Keller", phone="044 321 87 65")
    room.verify(contact)
    request = ready("erasure")
    actions.decide(request, "granted", by=world.petra())
    with pytest.raises(actions.OnTheLine):
        actions.erase_asked(request, by=world.petra())
    request.refresh_from_db()
    assert request.erased_at is None


def test_of_a_colleague_who_still_works_here_nothing_is_erased():
    carla, petra = world.carla(), world.petra()
    request = ready("erasure", member=None, person=carla)
    actions.decide(request, "granted", by=petra)
    with pytest.raises(WorksHere):
        actions.erase_asked(request, by=petra)
    assert Request.objects.get().erased_at is None
    carla.refresh_from_db()
    assert carla.name == world.carla().name


def test_a_legal_hold_stops_an_erasure_too():
    request = ready("erasure")
    actions.decide(request, "granted", by=world.petra())
    actions.hold(request.member, reason="Court case", until=timezone.localdate(), by=world.petra())
    with pytest.raises(actions.UnderHold):
        actions.erase_asked(request, by=world.petra())


def test_a_hold_is_over_when_its_last_day_is_over_where_the_insurer_is(monkeypatch):
    """Half past midnight in Zurich; in UTC, as in the database, it is still the day before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_date")
        (there,) = cursor.fetchone()
    keller, petra = world.frau_keller(), world.petra()
    Hold.objects.create(member=keller, reason="A recourse", until=there, placed_by=petra)
    monkeypatch.setattr(timezone, "localdate", lambda *_: there + timedelta(days=1))
    actions.erase_subject(queries.of_member(keller), by=petra)
    assert not Hold.objects.exists()


def test_whoever_was_erased_cannot_be_verified_or_guessed_again():
    from firsthand.members import queries as insured
    from firsthand.members.models import Cover

    keller = world.frau_keller()
    Cover.objects.all().delete()
    request = ready("erasure")
    actions.decide(request, "granted", by=world.petra())
    actions.erase_asked(request, by=world.petra())
    keller.refresh_from_db()
    assert keller.erased_at
    assert insured.guess("044 321 87 65", "") is None
    assert insured.match(name="", born_on="", postcode="", number=keller.number) is None


def test_a_correction_goes_to_the_member_and_is_journalled_without_its_words():
    keller = world.frau_keller()
    members.correct(keller, "phone", "079 555 44 33", by=world.petra())
    keller.refresh_from_db()
    assert keller.phone == "+41795554433"
    members.correct(keller, "family_name", "Keller-Frei", by=world.petra())
    keller.refresh_from_db()
    assert keller.sort_name == "keller frei ruth"
    assert [one.details for one in Entry.objects.filter(verb="corrected").order_by("id")] == [
        {"field": "phone"},
        {"field": "family_name"},
    ]


@pytest.mark.parametrize(
    ("field", "value"),
    [("phone", "nonsense"), ("born_on", "soon"), ("language", "xx"), ("number", "1"), ("email", "no-mail")],
)
def test_what_cannot_be_right_is_refused(field, value):
    with pytest.raises(members.NotThatValue):
        members.correct(world.frau_keller(), field, value, by=world.petra())


def test_a_disputed_note_says_so_at_the_desk():
    contact = room.talking(name="Ruth Keller", phone="044 321 87 65")
    room.verify(contact)
    answer.name_concern(contact, world.concern(), by=world.ada())
    contact.refresh_from_db()
    note = Note.objects.create(
        member=world.frau_keller(), contact_id=9, purpose="kvg_a", words="Moved.", written_by=world.ada()
    )
    actions.dispute(
        world.frau_keller(),
        "protect_note",
        str(note.pk),
        words="I never moved.",
        request=None,
        by=world.petra(),
    )
    file = queries.file_for(world.ada(), contact.pk, branches=["basic"])
    assert [one.disputed for one in file.notes] == ["I never moved."]


def test_what_is_restricted_is_kept_and_shown_to_nobody():
    contact = room.talking(name="Ruth Keller", phone="044 321 87 65")
    room.verify(contact)
    Note.objects.create(
        member=world.frau_keller(), contact_id=9, purpose="kvg_a", words="Moved.", written_by=world.ada()
    )
    placed = actions.restrict(world.frau_keller(), norm="Art. 18 GDPR", request=None, by=world.petra())
    file = queries.file_for(world.ada(), contact.pk, branches=["basic"])
    assert file.restricted
    assert file.notes == ()
    assert queries.search_file(world.ada(), "Moved", branches=["basic"]) == []
    actions.lift_restriction(placed, by=world.petra())
    assert len(queries.file_for(world.ada(), contact.pk, branches=["basic"]).notes) == 1


# Pages


def test_a_helper_takes_a_request_down_for_the_member_on_the_line():
    contact = room.talking(name="Ruth Keller", phone="044 321 87 65")
    room.verify(contact)
    asks = {"kind": "access", "words": "nur die Rechnungen von Herrn Beat Aebi"}
    client = client_of(world.ada())
    asks["seen-words"] = shown(client.post("/protect/requests/ask/", asks).text)
    said = client.post("/protect/requests/ask/", asks).content.decode()
    assert "answers in writing" in said
    request = Request.objects.get()
    assert request.words == "nur die Rechnungen von Herrn [Name]"
    assert request.words in said
    assert (request.member, request.way, request.state) == (world.frau_keller(), "call", "checked")
    assert Grant.objects.open().exists()


def on_the_line():
    contact = room.talking(name="Ruth Keller", phone="044 321 87 65")
    room.verify(contact)
    return client_of(world.ada())


def shown(page: str) -> list[str]:
    """The marks of what the page has shown, to be sent with the form."""
    return re.findall(r'name="seen-words" value="([^"]+)"', page)


def test_what_goes_from_the_words_of_a_request_is_shown_before_it_is_taken_down():
    client = on_the_line()
    asks = {"kind": "access", "words": "nur die Rechnungen. Sie lebt getrennt.", "screened-words": "1"}
    first = client.post("/protect/requests/ask/", asks, headers={"HX-Request": "true"})
    assert first.status_code == 422
    assert not Request.objects.exists()
    page = first.text
    assert "Not taken down yet" in page
    assert "Not needed to answer the request." in page
    assert "Sie lebt getrennt" in page, "what was typed stands there still"
    assert ">Seal<" not in " ".join(page.split()), "a request is sealed nowhere"
    (mark,) = shown(page)
    again = client.post("/protect/requests/ask/", {**asks, "seen-words": mark})
    assert again.status_code == 200
    assert "getrennt" not in Request.objects.get().words


def test_what_the_member_asks_about_stays_when_somebody_says_why():
    client = on_the_line()
    asks = {"kind": "erasure", "words": "löschen, dass sie getrennt lebt", "screened-words": "1"}
    (mark,) = shown(client.post("/protect/requests/ask/", asks).text)
    keeps = {**asks, "seen-words": mark, "choice-words": f"{mark}|keep|darum geht es"}
    assert client.post("/protect/requests/ask/", keeps).status_code == 200
    assert "getrennt" in Request.objects.get().words


def test_while_it_is_typed_the_request_says_what_its_kind_needs():
    client = on_the_line()
    typed = {"screen-name": "words", "screen-field": "ask-words", "screen-mode": "request"}
    words = {"words": "Die Strasse heisst Hauptstrasse 5, 8001 Zürich, angerufen hat Ruth Keller."}
    marks = {
        kind: shown(client.post("/protect/screen/", {**typed, **words, "kind": kind}).text)
        for kind in ("access", "correction")
    }
    assert {mark.partition("|")[0] for mark in marks["access"]} == {"address", "name"}
    assert marks["correction"] == [], "what is wrong cannot be put right without it"


def test_the_desk_marks_the_words_of_a_request_and_again_when_its_kind_changes():
    page = on_the_line().get("/desk/").text
    part = page.partition('id="screen-ask-words"')[2].partition("</div>")[0]
    assert "change from:#ask-kind" in part
    assert '"screen-mode": "request"' in part
    assert 'id="ask-kind"' in page


def test_the_page_of_an_erasure_names_what_stays_and_why():
    petra, keller = world.petra(), world.frau_keller()
    asked = actions.take_down("erasure", way="letter", member=keller, identity="papers", by=petra)
    page, client = f"/protect/requests/{asked.pk}/", client_of(petra)
    actions.decide(asked, "partly", norm="Art. 958f CO", by=petra)
    for _ in range(2):
        said = client.get(page).text
        assert "What stays, and why" in said
        assert "The insured: 1" in said
        assert "business papers must be kept" in said
        if not asked.erased_at:
            actions.erase_asked(asked, by=petra)
    other = actions.take_down("access", way="letter", member=keller, identity="papers", by=petra)
    assert "What stays, and why" not in client.get(f"/protect/requests/{other.pk}/").text


def test_what_is_wrong_is_taken_down_and_what_else_is_said_is_not():
    more = {"way": "letter", "member": world.frau_keller(), "by": world.petra()}
    wrong = actions.take_down("correction", words="Strasse falsch, neu Hauptstrasse 5, 8001 Zürich.", **more)
    assert wrong.words == "Strasse falsch, neu Hauptstrasse 5, 8001 Zürich."
    erase = actions.take_down(
        "erasure", words="Alles an der Hauptstrasse 5, 8001 Zürich. Sie trinkt.", **more
    )
    assert "Hauptstrasse" not in erase.words
    assert "trinkt" not in erase.words
    assert "sealed" not in erase.words


def test_the_officer_works_through_a_request_on_its_page():
    client, keller = client_of(world.petra()), world.frau_keller()
    client.post(
        "/protect/requests/",
        {"kind": "access", "way": "letter", "received_on": timezone.localdate(), "number": keller.number},
    )
    request = Request.objects.get()
    page = f"/protect/requests/{request.pk}/"
    assert "100200300" in client.get("/protect/requests/").content.decode()
    assert "First: is it the person?" in client.get(page).content.decode()
    assert client.post(f"{page}identity/", {"how": "papers"}).status_code == 302
    assert client.post(f"{page}start/").status_code == 302
    sent = client.post(f"{page}package/", {"word": WORD})
    assert sent["Content-Type"] == "application/zip"
    assert sent["Cache-Control"].startswith("max-age=0") or "no-store" in sent["Cache-Control"]
    assert client.post(f"{page}package/", {"word": WORD}).status_code == 422
    assert client.post(f"{page}decide/", {"decision": "granted", "norm": ""}).status_code == 302
    assert client.post(f"{page}answer/").status_code == 302
    assert "Answered lately" in client.get("/protect/requests/").content.decode()


def test_a_second_package_without_a_reason_is_refused_beside_its_password(client):
    request = ready()
    client.force_login(world.petra())
    page = f"/protect/requests/{request.pk}/"
    assert "Why once more?" not in client.get(page).text
    client.post(f"{page}package/", {"word": WORD})
    assert re.search(r'name="again"[^>]* required', client.get(page).text)
    for again in ("", "Lost it"):
        refused = client.post(f"{page}package/", {"word": "written-on-paper", "again": again})
        assert refused.status_code == 422
        assert 'value="written-on-paper"' in refused.text
        assert "What does this person ask for?" in refused.text
        assert 'aria-invalid="true"' in refused.text
    assert "This package was handed over already" in refused.text
    assert (
        "zip"
        in client.post(f"{page}package/", {"word": WORD, "again": "The letter was lost"})["Content-Type"]
    )


def test_beside_a_package_that_was_handed_over_no_other_password_stands_open(client):
    request = ready()
    client.force_login(world.petra())
    page = f"/protect/requests/{request.pk}/"
    assert 'name="word"' in client.get(page).text.partition("<details")[0]
    client.post(f"{page}package/", {"word": WORD})
    again = client.get(page).text
    assert 'name="word"' not in again.partition("<details>")[0]
    assert 'name="word"' in again.partition("Make it once more")[2].partition("</details>")[0]


def test_a_package_refused_for_another_reason_is_refused_on_the_page_too(client):
    request = asked()
    client.force_login(world.petra())
    refused = client.post(f"/protect/requests/{request.pk}/package/", {"word": WORD})
    assert refused.status_code == 422
    assert "First: is it the person?" in refused.text
    assert "First say how you know that it is the person." in refused.text
    short = client.post(f"/protect/requests/{ready('portability').pk}/package/", {"word": "short"})
    assert short.status_code == 422
    assert 'value="short"' in short.text


def test_after_the_download_the_page_says_so_and_the_password_stays_where_it_is():
    request, client = ready(), client_of(world.petra())
    address, part = f"/protect/requests/{request.pk}/", {"HX-Request": "true"}
    page = client.get(address).text
    assert f"request:{request.pk}~" in page, "the line is fetched anew when this is touched"
    assert "After the download it stands here" in page
    assert "After the download it stands here" in client.get(address, headers=part).text
    Outbox.objects.all().delete()
    made = client.post(f"{address}package/", {"word": "four words of our own"})
    assert made["Content-Type"] == "application/zip"
    assert Outbox.objects.filter(topic=f"request:{request.pk}").exists()
    line = client.get(address, headers=part).text
    assert "Handed over on" in line
    assert f'href="{address}"' in line
    assert not any(word in line for word in ("<form", "<h1", 'name="word"', "Keller"))
    assert "Made and handed over on" in client.get(address).text


def test_nobody_but_the_officer_fetches_that_line():
    request = ready()
    for person in (world.ada(), world.otto(), world.eva()):
        said = client_of(person).get(f"/protect/requests/{request.pk}/", headers={"HX-Request": "true"})
        assert said.status_code == 404


def test_what_is_overdue_is_coloured_and_the_nearest_stands_first():
    late = asked(received_on=timezone.localdate() - timedelta(days=40))
    asked()
    queue = queries.queue()
    assert [one.pk for one in queue.open][0] == late.pk
    assert queue.overdue == 1
    page = client_of(world.petra()).get("/protect/requests/").content.decode()
    assert page.count('class="badge now"') == 1


def test_a_number_that_no_table_can_hold_is_said_at_the_field():
    typed = {"number": "100200300", "case": "9" * 20, "until": "2099-01-01", "reason": "Court case of May"}
    world.frau_keller()
    page = client_of(world.petra()).post("/protect/retention/", typed)
    assert page.status_code == 422
    assert "Ensure this value is less than or equal to" in page.text
    assert not Entry.objects.filter(verb="held").exists()


def test_the_officer_sees_what_goes_tomorrow_sets_a_clock_and_places_a_hold():
    client, tomorrow = client_of(world.petra()), timezone.localdate() + timedelta(days=1)
    world.frau_keller()
    actions.dry_run(tomorrow, by=None)
    assert "Nothing is past its clock" in client.get("/protect/retention/").content.decode()
    assert client.post("/protect/retention/clock/contact_caller/", {"amount": 20}).status_code == 302
    assert client.post("/protect/retention/clock/contact_caller/", {"amount": 999}).status_code == 422
    hold = {"number": "100200300", "until": tomorrow, "reason": "A case in court"}
    assert client.post("/protect/retention/", hold).status_code == 302
    page = client.get("/protect/retention/").content.decode()
    assert "A case in court" in page
    assert "20 days" in page


def test_a_package_that_could_not_be_made_was_not_handed_over(monkeypatch):
    request = ready()

    def breaks(*_):
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr(packaging.package, "bundle", breaks)
        with pytest.raises(RuntimeError):
            actions.make_package(request, word=WORD, by=world.petra())
    request = Request.objects.get()
    assert request.handed_over_at is None
    assert not Entry.objects.filter(verb="handed over").exists()
    assert actions.make_package(request, word=WORD, by=world.petra())


def test_of_two_who_take_more_time_at_once_one_does():
    request, same = asked(), Request.objects.get()
    later = request.due_on + timedelta(days=20)
    actions.prolong(request, later, why="Many papers to look through", by=world.petra())
    with pytest.raises(actions.NotNow):
        actions.prolong(same, later + timedelta(days=5), why="Even more papers", by=world.petra())
    assert Request.objects.get().due_on == later


def test_of_two_who_hand_over_at_once_one_does():
    request = ready()
    other = Request.objects.get(pk=request.pk)
    actions.make_package(request, form="json", by=world.petra())
    with pytest.raises(actions.NotNow):
        actions.make_package(other, form="json", by=world.petra())
    assert RequestEvent.objects.filter(why="handed_over").count() == 1


@pytest.mark.parametrize("verb", [actions.erase_asked, actions.answer], ids=["erase", "answer"])
def test_what_was_decided_otherwise_meanwhile_is_not_done(verb):
    """One page says "granted" or "refused", and before its button is pressed another officer decides otherwise."""
    petra, request = world.petra(), ready("erasure")
    first, then = ("granted", "refused") if verb is actions.erase_asked else ("refused", "granted")
    actions.decide(request, first, norm="Art. 26 FADP", by=petra)
    page = Request.objects.get(pk=request.pk)
    actions.start(request, by=petra)
    actions.decide(request, then, norm="Art. 26 FADP", by=petra)
    with pytest.raises(actions.NotNow):
        verb(page, by=petra)
    assert (Request.objects.get().state, Request.objects.get().erased_at) == ("decided", None)
    assert world.frau_keller().family_name == "Keller"


def test_a_restriction_is_lifted_after_its_request_was_answered_too(client):
    keller, petra = world.frau_keller(), world.petra()
    request = ready("restriction")
    actions.restrict(keller, norm="Art. 18 (1) GDPR", request=request, by=petra)
    actions.decide(request, "granted", by=petra)
    actions.answer(request, by=petra)
    client.force_login(petra)
    page = f"/protect/requests/{request.pk}/"
    assert f'action="{page}unrestrict/"' in client.get(page).text
    client.post(f"{page}unrestrict/")
    assert not queries.restricted(keller.pk)
    assert "unrestrict" not in client.get(page).text


def test_what_a_member_disputes_is_settled_on_the_page_before_and_after_the_answer(client):
    keller, petra, ada = world.frau_keller(), world.petra(), world.ada()
    actions.open_file(41, keller, by=ada)
    note = actions.write_note(41, keller, words="Wishes a call in May.", purpose="kvg_b", by=ada)
    request = ready("correction")
    client.force_login(petra)
    page = f"/protect/requests/{request.pk}/"
    assert f'action="{page}settle/"' not in client.get(page).text
    for answered in (False, True):
        if answered:
            actions.dispute(keller, "protect_note", str(note.pk), words="Never.", request=request, by=petra)
            actions.decide(request, "granted", by=petra)
            actions.answer(request, by=petra)
        else:
            client.post(f"{page}dispute/", {"row": note.pk, "words": "I never said so."})
        assert f'action="{page}settle/"' in client.get(page).text
        assert queries.disputed([note.pk])
        client.post(f"{page}settle/", {"row": note.pk})
        assert queries.disputed([note.pk]) == {}
        assert f'action="{page}settle/"' not in client.get(page).text


def test_nobody_disputes_a_note_of_somebody_else(client):
    petra, ada, other = world.petra(), world.ada(), world.frau_keller()
    other.pk, other.number, other.ahv = None, "100200399", None
    other.save()
    actions.open_file(41, other, by=ada)
    note = actions.write_note(41, other, words="Wishes a call in May.", purpose="kvg_b", by=ada)
    request = ready("correction")
    client.force_login(petra)
    about = {"row": note.pk, "words": "I never said so."}
    assert client.post(f"/protect/requests/{request.pk}/dispute/", about).status_code == 404
    assert queries.disputed([note.pk]) == {}


def test_of_a_restricted_member_no_search_of_earlier_notes_is_offered(client):
    keller, carla = world.frau_keller(), world.carla()
    placed = actions.restrict(keller, norm="Art. 18 GDPR", request=None, by=world.petra())
    actions.break_glass(keller, kind="letter", branch="basic", reason="A letter about May", by=carla)
    client.force_login(carla)
    assert "Earlier notes stay closed" in client.get("/protect/open/").text
    assert 'role="search"' not in client.get("/protect/open/").text
    actions.lift_restriction(placed, by=world.petra())
    assert 'role="search"' in client.get("/protect/open/").text


def test_at_the_desk_earlier_contacts_of_a_restricted_member_are_not_shown(client):
    ada, keller = world.ada(), world.frau_keller()
    first = room.talking(ada)
    room.verify(first)
    answer.hang_up(first, by=ada)
    answer.close(first, solved=False, by=ada)
    room.verify(room.talking(ada))
    client.force_login(ada)
    assert "Earlier contacts" in client.get("/desk/").text
    placed = actions.restrict(keller, norm="Art. 18 GDPR", request=None, by=world.petra())
    page = client.get("/desk/").text
    assert "Earlier notes stay closed" in page
    assert "Earlier contacts" not in page
    assert desk_of(ada).earlier == ()
    actions.lift_restriction(placed, by=world.petra())
    assert len(desk_of(ada).earlier) == 1
