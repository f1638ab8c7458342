"""Who is called up, who answered what, whether it is enough; a thousand people in one list."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from firsthand.journal.models import Entry
from firsthand.people.models import Person, Role, Team
from firsthand.plan import actions, queries
from firsthand.plan.models import CallUp, Mailing
from tests import world
from tests.plan import fronts

DAY = timedelta(days=1)


@pytest.fixture
def week(db):
    return fronts.week()


def names(page) -> set[str]:
    return {person.name for person in Person.objects.all() if f">{person.name}</a>" in page.text}


def test_a_division_is_called_up_with_one_press(otto, week):
    team = Team.objects.create(name="Claims")
    people = fronts.helpers(4)
    Person.objects.filter(pk__in=[one.pk for one in people[:3]]).update(team=team)
    assert "3 people" in otto.get(f"/weeks/{week.pk}/call/?team={team.pk}").text
    otto.post(f"/weeks/{week.pk}/call/up/?team={team.pk}")
    assert set(CallUp.objects.values_list("person__name", "kind")) == {
        (one.name, "division") for one in people[:3]
    }
    entry = Entry.objects.get(verb="called up")
    assert entry.details == {"people": 3}
    otto.post(f"/weeks/{week.pk}/call/up/?team={team.pk}")
    assert CallUp.objects.count() == 3


def test_one_is_called_up_alone(otto, week):
    first, _second = fronts.helpers(2)
    otto.post(f"/weeks/{week.pk}/call/up/", {"person": first.pk})
    assert list(CallUp.objects.values_list("person", flat=True)) == [first.pk]
    for nonsense in ("", "x", "9" * 30, str(world.otto().pk)):
        otto.post(f"/weeks/{week.pk}/call/up/", {"person": nonsense})
    assert CallUp.objects.count() == 1


def test_who_cannot_answer_is_not_offered(otto, week):
    world.dario()
    world.ada()
    world.person("Gone Person", Role.HELPER, is_active=False)
    world.person("Robo Person", Role.HELPER, synthetic=True)
    otto.post(f"/weeks/{week.pk}/call/up/")
    assert list(CallUp.objects.values_list("person__name", flat=True)) == ["Ada Lindner"]


def test_who_was_there_is_known_again(week):
    last = week
    ada, beat = world.ada(), world.beat()
    for one in (ada, beat):
        fronts.called(last, one)
    actions.answer(CallUp.objects.get(person=ada), coming=True, by=ada)
    actions.answer(CallUp.objects.get(person=beat), coming=False, by=beat)
    new = fronts.week("Next", week.starts_on + 70 * DAY, after=last)
    actions.call_up(new, [ada, beat], by=world.otto())
    assert dict(CallUp.objects.filter(week=new).values_list("person__name", "returner")) == {
        "Ada Lindner": True,
        "Beat Aebi": False,
    }


def test_the_list_is_sifted_by_its_address(otto, week):
    ada, beat, carla = world.ada(), world.beat(), world.carla()
    for one in (ada, beat, carla):
        fronts.called(week, one)
    actions.answer(CallUp.objects.get(person=ada), coming=True, by=ada)
    actions.excuse(CallUp.objects.get(person=carla), by=world.otto())
    page = f"/weeks/{week.pk}/people/"
    assert names(otto.get(page)) == {"Ada Lindner", "Beat Aebi", "Carla Bernasconi"}
    assert names(otto.get(f"{page}?answer=yes")) == {"Ada Lindner"}
    assert names(otto.get(f"{page}?answer=excused")) == {"Carla Bernasconi"}
    assert names(otto.get(f"{page}?language=it")) == {"Carla Bernasconi"}
    assert names(otto.get(f"{page}?trained=no")) == {"Beat Aebi"}
    assert names(otto.get(f"{page}?words=AEBI")) == {"Beat Aebi"}
    assert names(otto.get(f"{page}?words=nobody")) == set()
    part = otto.get(f"{page}?answer=nonsense&page=99", headers={"HX-Request": "true"})
    assert names(part) == {"Ada Lindner", "Beat Aebi", "Carla Bernasconi"}
    assert "<html" not in part.text


def test_the_numbers_say_who_comes_and_how_much_that_is(week):
    ada, beat, carla, eva = world.ada(), world.beat(), world.carla(), world.eva()
    for one in (ada, beat, carla):
        fronts.called(week, one)
    actions.answer(CallUp.objects.get(person=ada), coming=True, by=ada)
    actions.answer(CallUp.objects.get(person=beat), coming=False, by=beat)
    actions.volunteer(week, by=eva)
    actions.agree(CallUp.objects.get(person=eva), most_shifts=2, by=world.otto())
    found = queries.numbers(week)
    assert (found.called, found.coming, found.cannot, found.open, found.volunteers) == (3, 2, 1, 1, 1)
    assert (found.offered, found.hoped, found.need, found.enough) == (6 + 2, 6, None, None)
    assert [(one.label, one.coming, one.open) for one in found.languages] == [
        ("Deutsch", 2, 1),
        ("Italiano", 0, 1),
        ("English", 1, 0),
    ]
    assert found.trained == 3


@pytest.mark.parametrize(("per_cent", "half_days"), [(100, 6), (80, 5), (50, 3), (5, 1)])
def test_part_time_gives_its_part(week, per_cent, half_days):
    callup = fronts.called(week, world.ada())
    actions.agree(callup, part_percent=per_cent, by=world.otto())
    assert queries.called(week, queries.Filter()).rows[0].most == half_days


def test_what_was_agreed_must_fit(otto, week):
    callup = fronts.called(week, world.ada())
    page = f"/weeks/{week.pk}/people/{callup.person_id}/"
    answer = otto.post(page, {"part_percent": "60", "least_shifts": "5", "most_shifts": "2"})
    assert answer.status_code == 422
    assert "That is less than at least." in answer.text
    # The week says at most six.
    answer = otto.post(page, {"part_percent": "60", "least_shifts": "9", "most_shifts": ""})
    assert "At least is more than at most." in answer.text
    assert otto.post(page, {"part_percent": "60", "least_shifts": "1", "most_shifts": "2"}).status_code == 302
    callup.refresh_from_db()
    assert (callup.part_percent, callup.least_shifts, callup.most_shifts) == (60, 1, 2)


def test_excused_asked_again_and_taken_back(otto, week):
    callup = fronts.called(week, world.ada())
    page = f"/weeks/{week.pk}/people/{callup.person_id}/"
    otto.post(f"{page}decide/", {"do": "excuse"})
    callup.refresh_from_db()
    assert callup.answer == "excused"
    otto.post(f"{page}decide/", {"do": "ask"})
    callup.refresh_from_db()
    assert (callup.answer, callup.answered_at) == ("none", None)
    otto.post(f"{page}take-back/")
    assert not CallUp.objects.exists()
    assert otto.get(page).status_code == 404


def test_a_thousand_people_ask_no_more_questions_than_ten(otto, week, django_assert_max_num_queries):
    people = fronts.helpers(1000)
    actions.call_up(week, people, by=world.otto())
    Mailing.objects.bulk_create(Mailing(week=week, person=one, kind="callup", state="sent") for one in people)
    with django_assert_max_num_queries(40):
        page = otto.get(f"/weeks/{week.pk}/people/?page=2")
    assert "1000 people" in page.text.replace("’", "")
    assert page.text.count('<th scope="row">') == 100
    with django_assert_max_num_queries(30):
        otto.get(f"/weeks/{week.pk}/call/")
    with django_assert_max_num_queries(45):
        otto.get(f"/weeks/{week.pk}/")


def test_calling_up_hundreds_is_a_few_statements(week, django_assert_max_num_queries):
    people = fronts.helpers(300)
    with django_assert_max_num_queries(20):
        assert actions.call_up(week, people, by=world.otto()) == 300


@pytest.mark.django_db(transaction=True)
def test_two_organisers_at_once_call_everybody_once():
    week, otto = fronts.week(), world.otto()
    people, start = fronts.helpers(40), threading.Barrier(3)
    called: list[int] = []

    def call(some: list[Person]) -> None:
        start.wait()
        called.append(actions.call_up(week, some, by=otto))
        connection.close()

    threads = [
        threading.Thread(target=call, args=(some,)) for some in (people[:30], people[10:], people[::-1])
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sum(called) == CallUp.objects.count() == 40


@pytest.mark.django_db(transaction=True)
def test_of_two_organisers_who_make_the_same_week_one_is_refused():
    first, otto = fronts.monday(), world.otto()
    start = threading.Barrier(2)
    ended: list[str] = []

    def make(name: str) -> None:
        start.wait()
        try:
            actions.make(name, first, first + 4 * DAY, by=otto)
            ended.append("made")
        except actions.Overlaps:
            ended.append("refused")
        connection.close()

    threads = [threading.Thread(target=make, args=(name,)) for name in ("One", "Two")]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(ended) == ["made", "refused"]
    assert queries.weeks_newest_first().get().shifts.count() == 10
