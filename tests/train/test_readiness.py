from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from firsthand.journal.models import Entry
from firsthand.people.models import Role
from firsthand.plan.models import FrontWeek
from firsthand.train import actions, queries, signals
from firsthand.train.models import Readiness
from tests import world

pytestmark = pytest.mark.django_db

PAGE = "/readiness/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def otto(client):
    client.force_login(world.otto())
    return client


def topics_of(person, on):
    return [ready.topic for ready in queries.readiness(person, on)]


def test_it_holds_up_to_and_including_its_last_day(today):
    beat = world.beat()
    actions.give(beat, "umzug", today, by=world.otto())
    assert topics_of(beat, today) == ["umzug"]
    assert topics_of(beat, today + timedelta(days=1)) == []


def test_giving_again_moves_the_day(today):
    beat = world.beat()
    actions.give(beat, "umzug", today, by=world.otto())
    ready = actions.give(beat, "umzug", today + timedelta(days=5), by=world.carla())
    assert Readiness.objects.filter(person=beat).count() == 1
    assert (ready.until, ready.given_by) == (today + timedelta(days=5), world.carla())


def test_who_is_ready_for_longer_stays_so(today):
    beat = world.beat()
    actions.give(beat, "umzug", today + timedelta(days=300), by=world.otto())
    actions.give_all([beat], world.TOPICS, today, by=world.otto())
    assert topics_of(beat, today) == sorted(world.TOPICS)
    assert topics_of(beat, today + timedelta(days=1)) == ["umzug"]


def test_what_was_taken_away_is_gone(today):
    beat = world.beat()
    actions.give(beat, "umzug", today, by=world.otto())
    actions.take_away(beat, "umzug", by=world.otto())
    actions.take_away(beat, "umzug", by=world.otto())
    assert topics_of(beat, today) == []
    assert [entry.verb for entry in Entry.objects.filter(kind="people.person").order_by("id")] == [
        "gave readiness",
        "took readiness",
    ]


def test_a_topic_that_no_caller_can_choose_is_refused(today):
    with pytest.raises(actions.NoSuchTopic):
        actions.give(world.beat(), "krankengeld", today, by=world.otto())
    assert not Readiness.objects.exists()


def test_a_day_that_is_over_is_refused(today):
    with pytest.raises(actions.AlreadyOver):
        actions.give(world.beat(), "umzug", today - timedelta(days=1), by=world.otto())


def test_a_change_is_announced_inside_the_transaction(today):
    heard = []

    def hear(person_ids, **more):
        assert connection.in_atomic_block
        heard.append((person_ids, topics_of(world.beat(), today)))

    signals.readiness_changed.connect(hear)
    try:
        actions.give(world.beat(), "umzug", today, by=world.otto())
        actions.take_away(world.beat(), "umzug", by=world.otto())
    finally:
        signals.readiness_changed.disconnect(hear)
    assert heard == [([world.beat().pk], ["umzug"]), ([world.beat().pk], [])]


def test_three_hundred_people_are_made_ready_with_few_questions(today):
    people = [world.person(f"Helper{at} Test", Role.HELPER) for at in range(60)]
    with CaptureQueriesContext(connection) as asked:
        actions.give_all(people, world.TOPICS, today, by=world.otto())
    assert Readiness.objects.count() == 60 * len(world.TOPICS)
    assert len(asked) <= 60 + 12  # one journal entry a person


def test_the_page_shows_who_is_ready_for_what(otto):
    world.ada()
    world.beat()
    page = otto.get(PAGE).text
    assert "1 of 2 are ready for everything." in page
    assert "Beat Aebi, Premium and payment: not ready. Make ready." in page
    assert "Otto Wyss" not in page.split("<main")[1]  # organisers do not answer


def test_it_offers_the_end_of_the_front_week(otto, today):
    FrontWeek.objects.create(name="Autumn", starts_on=today, ends_on=today + timedelta(days=9))
    assert f'value="{today + timedelta(days=9)}"' in otto.get(PAGE).text
    assert (
        f'value="{today + timedelta(days=3)}"' in otto.get(f"{PAGE}?until={today + timedelta(days=3)}").text
    )


def test_a_press_gives_and_a_press_takes_away(otto, today):
    beat = world.beat()
    given = otto.post(f"{PAGE}{beat.pk}/", {"topic": "umzug", "until": today}, headers=HTMX)
    assert "Take away." in given.text
    assert topics_of(beat, today) == ["umzug"]
    taken = otto.post(f"{PAGE}{beat.pk}/take-away/", {"topic": "umzug", "until": today}, headers=HTMX)
    assert "Take away." not in taken.text
    assert topics_of(beat, today) == []


def test_all_topics_are_given_at_once(otto, today):
    beat = world.beat()
    otto.post(f"{PAGE}{beat.pk}/", {"until": today}, headers=HTMX)
    assert topics_of(beat, today) == sorted(world.TOPICS)


def test_everybody_shown_is_made_ready_and_nobody_else(otto, today):
    beat, carla = world.beat(), world.person("Cora Neu", Role.ADVISOR)
    part = otto.post(f"{PAGE}everybody/", {"words": "beat", "until": today}, headers=HTMX).text
    assert "Beat Aebi, Moving, family, new job: ready until" in part
    assert "Cora Neu" not in part
    assert topics_of(beat, today) == sorted(world.TOPICS)
    assert topics_of(carla, today) == []


@pytest.mark.parametrize("until", ["", "tomorrow", "2020-01-01"])
def test_a_wrong_day_is_refused_in_words(otto, until):
    answer = otto.post(f"{PAGE}{world.beat().pk}/", {"topic": "umzug", "until": until}, headers=HTMX)
    assert answer.status_code == 422
    assert "Nothing was changed." in answer.text


def test_the_filter_finds(otto):
    world.ada()
    world.beat()
    assert "Ada Lindner" not in otto.get(f"{PAGE}?lacking=on", headers=HTMX).text
    assert "Beat Aebi" in otto.get(f"{PAGE}?lacking=on&page=99", headers=HTMX).text
    assert "Nobody fits" in otto.get(f"{PAGE}?words=zzz", headers=HTMX).text


def test_an_empty_house_says_what_to_do_first(otto):
    assert "Nobody answers yet" in otto.get(PAGE).text


def test_only_an_organiser_sees_and_changes_it(client, today):
    beat = world.beat()
    for person in (world.ada(), world.carla(), world.eva(), world.petra()):
        client.force_login(person)
        assert client.get(PAGE).status_code == 404
        for path in (f"{PAGE}{beat.pk}/", f"{PAGE}{beat.pk}/take-away/", f"{PAGE}everybody/"):
            assert client.post(path, {"topic": "umzug", "until": today}).status_code == 404
    client.logout()
    assert client.get(PAGE).status_code == 302
    assert not queries.readiness(beat, today)


def test_somebody_who_does_not_answer_is_not_there(otto, today):
    dario = world.dario()
    assert otto.post(f"{PAGE}{dario.pk}/", {"topic": "umzug", "until": today}).status_code == 404


def test_it_asks_a_fixed_number_of_questions(otto):
    asked = []
    for some in (range(5), range(5, 40)):
        for at in some:
            world.person(f"Helper{at} Test", Role.HELPER, ready=True)
        with CaptureQueriesContext(connection) as captured:
            otto.get(PAGE)
        asked.append(len(captured))
    assert asked[0] == asked[1] <= 12
