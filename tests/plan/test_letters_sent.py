"""Letters to colleagues: each once, in their language, with nothing in them but the name, the week, the link."""

import json
import threading
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends import locmem
from django.db import connection, transaction
from procrastinate.contrib.django import app

from firsthand.config import jobs as jobs_of_the_house
from firsthand.journal.models import Entry
from firsthand.plan import actions, queries
from firsthand.plan.actions import mailing
from firsthand.plan.models import CallUp, Mailing
from firsthand.plan.tasks import letters as tasks
from tests import world
from tests.plan import fronts


@pytest.fixture
def week(db):
    made = fronts.week()
    for one in (world.ada(), world.beat()):
        fronts.called(made, one)
    return made


def states() -> dict[str, str]:
    return dict(Mailing.objects.values_list("person__name", "state"))


def jobs() -> list[dict[str, object]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT args::text FROM procrastinate_jobs WHERE task_name = 'plan.letters'")
        return [json.loads(row[0]) for row in cursor.fetchall()]


def test_everybody_called_up_is_written_to_once(week):
    assert actions.send(week, "callup", by=world.otto()) == 2
    assert states() == {"Ada Lindner": "waiting", "Beat Aebi": "waiting"}
    assert [(job["week"], job["kind"]) for job in jobs()][-1] == (week.pk, "callup")
    tasks.letters(week.pk, "callup")
    tasks.letters(week.pk, "callup")
    assert sorted(message.to[0] for message in mail.outbox) == [
        "ada@firnlicht.example",
        "beat@firnlicht.example",
    ]
    assert set(states().values()) == {"sent"}
    with pytest.raises(actions.NobodyToWriteTo):
        actions.send(week, "callup", by=world.otto())


def test_letters_wait_for_no_roster_that_is_being_worked_out(week):
    """They are the worker's, at once; what reckons for long is the planner's, one after the other."""
    queues = {name: task.queue for name, task in app.tasks.items() if name.startswith("plan.")}
    assert queues.pop("plan.letters") == jobs_of_the_house.DEFAULT
    assert {"plan.solve", "plan.reckon"} < queues.keys()
    assert set(queues.values()) == {jobs_of_the_house.PLAN}
    actions.send(week, "callup", by=world.otto())
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT queue_name FROM procrastinate_jobs WHERE task_name = 'plan.letters'")
        assert cursor.fetchall() == [(jobs_of_the_house.DEFAULT,)]


def test_a_letter_holds_the_name_the_week_and_the_link_and_nothing_else(week, settings):
    settings.ADDRESS = "https://front.example"
    actions.send(week, "callup", by=world.otto())
    tasks.letters(week.pk, "callup")
    message = next(one for one in mail.outbox if one.to == ["ada@firnlicht.example"])
    assert "Ada Lindner" in message.body
    assert week.name in message.subject
    assert "https://front.example/shifts/" in message.body
    assert "Beat" not in message.body
    assert not any(word in message.body for word in ("ada@", "Recht", str(world.ada().pk) + "/"))


def test_each_is_written_to_in_their_own_language(week):
    claude = world.person("Claude Favre", languages=("fr",))
    CallUp.objects.create(week=week, person=claude, kind="division")
    actions.send(week, "callup", by=world.otto())
    tasks.letters(week.pk, "callup")
    bodies = {message.to[0].split("@")[0]: message.body for message in mail.outbox}
    assert bodies["claude"].startswith("Bonjour Claude Favre")
    assert bodies["beat"].startswith("Guten Tag Beat Aebi")
    assert f"{week.starts_on.year}" in bodies["claude"]


def test_who_is_excused_or_volunteers_gets_no_call_up(week):
    actions.excuse(CallUp.objects.get(person=world.ada()), by=world.otto())
    actions.volunteer(week, by=world.eva())
    actions.send(week, "callup", by=world.otto())
    assert set(states()) == {"Beat Aebi"}


def test_who_has_not_answered_is_reminded_and_again_another_day(week):
    ada = world.ada()
    actions.send(week, "callup", by=world.otto())
    tasks.letters(week.pk, "callup")
    mail.outbox.clear()
    actions.answer(CallUp.objects.get(person=ada), coming=False, by=ada)
    assert actions.send(week, "reminder", by=world.otto()) == 1
    tasks.letters(week.pk, "reminder")
    assert dict(Mailing.objects.filter(kind="reminder").values_list("person__name", "state")) == {
        "Beat Aebi": "sent"
    }
    with pytest.raises(actions.NobodyToWriteTo):  # once a day
        actions.send(week, "reminder", by=world.otto())
    Mailing.objects.update(at="2026-01-01T00:00Z")
    assert actions.send(week, "reminder", by=world.otto()) == 1
    tasks.letters(week.pk, "reminder")
    assert len(mail.outbox) == 2


def test_nobody_is_reminded_of_a_letter_that_never_went_to_them(week, otto):
    page = f"/weeks/{week.pk}/letters/reminder/"
    assert "2 people were not written to yet and get no reminder." in otto.get(page).text
    with pytest.raises(actions.NobodyToWriteTo):
        actions.send(week, "reminder", by=world.otto())
    actions.send(week, "callup", by=world.otto())
    tasks.letters(week.pk, "callup")
    Mailing.objects.filter(person=world.ada()).update(state="failed")
    assert actions.send(week, "reminder", by=world.otto()) == 1
    assert Mailing.objects.get(kind="reminder").person == world.beat()
    assert "1 person was not written to yet and gets no reminder." in otto.get(page).text


def test_what_failed_is_shown_and_sent_again(week, otto, monkeypatch):
    def refuse(self, fail_silently=False):
        if self.to == ["ada@firnlicht.example"]:
            raise SMTPServerDisconnected
        mail.outbox.append(self)
        return 1

    with monkeypatch.context() as patch:
        patch.setattr(mail.EmailMessage, "send", refuse)
        actions.send(week, "callup", by=world.otto())
        assert actions.deliver(week.pk, "callup", by=None) == 1
    assert states() == {"Ada Lindner": "failed", "Beat Aebi": "sent"}
    page = otto.get(f"/weeks/{week.pk}/letters/callup/").text
    assert "could not be sent, or nobody knows" in page
    assert "Ada Lindner (could not be sent)" in page
    otto.post(f"/weeks/{week.pk}/letters/callup/again/")
    tasks.letters(week.pk, "callup")
    assert [message.to[0] for message in mail.outbox] == ["beat@firnlicht.example", "ada@firnlicht.example"]


def test_without_a_mail_server_everything_waits_as_failed(week, monkeypatch):
    class Down:
        def open(self):
            raise ConnectionRefusedError

    monkeypatch.setattr(mail, "get_connection", Down)
    actions.send(week, "callup", by=world.otto())
    assert actions.deliver(week.pk, "callup", by=None) == 0
    assert set(states().values()) == {"failed"}


def test_a_job_that_dies_between_claims_sends_nothing_twice(week, monkeypatch):
    """Killed after the server has taken the letter: it may have arrived, so nobody sends it by itself again."""

    def killed(self, fail_silently=False):
        mail.outbox.append(self)
        raise KeyboardInterrupt

    actions.send(week, "callup", by=world.otto())
    with monkeypatch.context() as patch:
        patch.setattr(mail.EmailMessage, "send", killed)
        with pytest.raises(KeyboardInterrupt):
            actions.deliver(week.pk, "callup", by=None)
    tasks.letters(week.pk, "callup")
    assert sorted(states().values()) == ["sending", "sent"]
    assert len({message.to[0] for message in mail.outbox}) == len(mail.outbox) == 2


@pytest.mark.django_db(transaction=True)
def test_two_jobs_at_once_send_each_letter_once():
    week = fronts.week()
    actions.call_up(week, fronts.helpers(12), by=world.otto())
    actions.send(week, "callup", by=world.otto())
    start = threading.Barrier(2)

    def work() -> None:
        start.wait()
        tasks.letters(week.pk, "callup")
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    to = [message.to[0] for message in mail.outbox]
    assert len(to) == len(set(to)) == 12


def test_words_are_changed_shown_and_put_back(week, otto):
    page = f"/weeks/{week.pk}/letters/callup/?language=de"
    assert "Guten Tag Ada Lindner" in otto.get(page).text
    typed = {"subject": "{week}", "words": "Salü {name}! {link}"}
    assert otto.post(page, typed).status_code == 302
    assert "Salü Ada Lindner!" in otto.get(page).text
    assert queries.texts(week, "callup").own == {"de"}
    otto.post(f"/weeks/{week.pk}/letters/callup/own/?language=de")
    assert "Guten Tag Ada Lindner" in otto.get(page).text


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("Salü {nmae} {link}", "Nothing stands for {nmae}."),
        ("Salü {name}", "The link is missing"),
        ("", "This field is required."),
    ],
)
def test_words_that_would_not_work_are_refused_in_place(week, otto, words, says):
    answer = otto.post(f"/weeks/{week.pk}/letters/callup/?language=de", {"subject": "x", "words": words})
    assert answer.status_code == 422
    assert says in answer.text
    assert not queries.texts(week, "callup").own


def test_volunteers_are_invited(week, otto):
    fronts.helpers(3)
    otto.post(f"/weeks/{week.pk}/call/invite/?words=Helper")
    tasks.letters(week.pk, "invitation")
    assert len(mail.outbox) == 3
    assert not CallUp.objects.filter(person__name__startswith="Helper").exists()


def test_after_the_last_day_nobody_is_written_to(week):
    type(week).objects.filter(pk=week.pk).update(answers_until="2026-01-01")
    week.refresh_from_db()
    with pytest.raises(actions.AnswersOver):
        actions.send(week, "callup", by=world.otto())
    assert not Mailing.objects.exists()


def test_the_journal_holds_no_name_and_no_address(week):
    actions.send(week, "callup", by=world.otto())
    tasks.letters(week.pk, "callup")
    written = str([entry.details for entry in Entry.objects.all()])
    assert not any(word in written for word in ("Ada", "Beat", "@", "firnlicht"))
    assert not any(word in str(jobs()) for word in ("Ada", "Beat", "@"))


@pytest.mark.parametrize("kind", ["nonsense", "CALLUP"])
def test_another_kind_of_letter_there_is_none(week, otto, kind):
    assert otto.get(f"/weeks/{week.pk}/letters/{kind}/").status_code == 404
    assert otto.post(f"/weeks/{week.pk}/letters/{kind}/send/").status_code == 404


def test_a_job_that_dies_says_goodbye_to_the_mail_server(week, monkeypatch):
    actions.send(week, "callup", by=world.otto())
    closed = []

    def close(self):
        closed.append(self)

    monkeypatch.setattr(locmem.EmailBackend, "close", close)
    monkeypatch.setattr(mailing, "_post", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        actions.deliver(week.pk, "callup", by=None)
    assert len(closed) == 1


@pytest.mark.django_db(transaction=True)
def test_a_letter_that_is_gone_when_it_is_to_be_sent_keeps_nobody_elses_back(monkeypatch):
    """The week is called off for somebody after the letter was claimed; the claim is committed before it is read."""
    week = fronts.week()
    ada, beat = world.ada(), world.beat()
    actions.call_up(week, [ada, beat], by=world.otto())
    actions.send(week, "callup", by=world.otto())
    waiting = queries.mailings

    def gone_after_the_claim(*given):
        transaction.on_commit(lambda: Mailing.objects.filter(person=ada, state="sending").delete())
        return waiting(*given)

    monkeypatch.setattr(queries, "mailings", gone_after_the_claim)
    assert actions.deliver(week.pk, "callup", by=None) == 1
    assert [message.to for message in mail.outbox] == [[beat.email]]
    assert states() == {beat.name: "sent"}
