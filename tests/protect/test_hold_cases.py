"""One case is held instead of everything: chosen from a list of the member's own, with no word of what was said."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from firsthand.answer import actions as answer
from firsthand.answer.models import Contact
from firsthand.journal.models import Entry
from firsthand.protect.models import Hold
from tests import world
from tests.answer import room
from tests.answer.pages import HTMX, says
from tests.logins import everything
from tests.people.signing import client_of

pytestmark = pytest.mark.django_db
PAGE = "/protect/retention/"
CASES = "/protect/retention/holds/cases/"
NUMBER = {"number": "100 200 300"}


def contact(code: str = "CH01", *, verified: bool = True) -> Contact:
    """With a concern, answered and closed: it is in a case; the member's, if somebody was verified."""
    made = room.talking(name="R. Keller", phone="044 321 87 65")
    if verified:
        room.verify(made)
    answer.name_concern(made, world.concern(code), by=world.ada())
    answer.hang_up(made, by=world.ada())
    made.refresh_from_db()
    answer.write(made, answered="The premium is on page two.", by=world.ada())
    answer.close(made, solved=True, by=world.ada())
    made.refresh_from_db()
    return made


@pytest.fixture
def officer():
    return client_of(world.petra())


def looked() -> list[tuple[int, str]]:
    return list(Entry.objects.filter(verb="looked at cases").values_list("actor_id", "object_id"))


def offered(text: str) -> dict[str, str]:
    return dict(re.findall(r'<option value="(\d+)"[^>]*>([^<]+)</option>', text))


def held(**more) -> dict[str, object]:
    return {**NUMBER, "until": timezone.localdate() + timedelta(days=9), "reason": "A case in court", **more}


def test_the_page_asks_for_no_number_of_a_case(officer):
    page = says(officer.get(PAGE))
    assert 'name="case"' not in page
    assert "Show the cases of this member" in page


def test_the_members_cases_stand_there_by_number_day_and_concern_and_no_other_word(officer):
    mine = contact()
    nobodys = contact(verified=False)
    part = officer.post(CASES, NUMBER, headers=HTMX)
    listed = offered(part.text)
    assert list(listed) == [str(mine.case_id)]
    day = date_format(timezone.localdate(), "SHORT_DATE_FORMAT")
    assert listed[str(mine.case_id)].startswith(f"{mine.case_id} · {day} · ")
    assert "Warum zahle ich" in listed[str(mine.case_id)]
    assert "page two" not in part.text
    assert "Keller" not in part.text
    assert nobodys.case_id not in (None, mine.case_id)
    assert "<h1" not in part.text


def test_that_somebody_looked_is_an_entry_in_the_journal(officer):
    contact()
    assert looked() == []
    officer.post(CASES, NUMBER, headers=HTMX)
    assert looked() == [(world.petra().pk, str(world.frau_keller().pk))]


def test_the_chosen_one_is_held(officer):
    one, two = contact(), contact("CH02")
    assert len(offered(officer.post(CASES, NUMBER, headers=HTMX).text)) == 2
    assert officer.post(PAGE, held(case=one.case_id)).status_code == 302
    with everything():
        assert Hold.objects.get().case_id == one.case_id != two.case_id


def test_without_a_choice_everything_of_the_member_is_held(officer):
    contact()
    officer.post(PAGE, held(case=""))
    with everything():
        assert Hold.objects.get().case_id is None


def test_a_form_that_comes_back_has_the_cases_and_the_choice(officer):
    one = contact()
    back = officer.post(PAGE, held(case=one.case_id, reason=""))
    assert back.status_code == 422
    assert re.search(rf'<option value="{one.case_id}" selected>', back.text)


def test_of_a_member_without_a_case_it_says_so(officer):
    world.frau_keller()
    part = officer.post(CASES, NUMBER, headers=HTMX).text
    assert "This member has no case" in part
    assert "<select" not in part


def test_an_unknown_number_is_said_and_nothing_is_looked_at(officer):
    refused = officer.post(CASES, {"number": "4711"}, headers=HTMX)
    assert refused.status_code == 422
    assert "No member has this number" in refused.text
    assert looked() == []
