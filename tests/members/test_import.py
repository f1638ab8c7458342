from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from firsthand.journal.models import Entry
from firsthand.members import actions
from firsthand.members.models import Cover, Household, Member
from firsthand.members.reading import read

pytestmark = pytest.mark.django_db

EXAMPLE = Path(__file__).parents[2] / "docs" / "guide" / "examples" / "members.csv"
WHO = "number,given_name,family_name,born_on,street,postcode,town,ahv,phone,household"
HEAD = f"{WHO},branch,product,premium,starts_on,ends_on\n"


def line(number="1", given="Ada", family="Bär", born="1990-01-02", **more) -> str:
    cells = {
        "number": number,
        "given_name": given,
        "family_name": family,
        "born_on": born,
        "street": "Weg 1",
        "postcode": "8000",
        "town": "Zürich",
        **more,
    }
    return ",".join(cells.get(name, "") for name in HEAD.strip().split(",")) + "\n"


def load(*lines: str, **more) -> actions.Imported:
    return actions.import_members([HEAD, *lines], by=None, **more)


def faults(*lines: str) -> list[tuple[int, str]]:
    with pytest.raises(actions.NotImported) as no:
        load(*lines)
    return [tuple(fault) for fault in no.value.faults]


def test_the_example_of_the_guide_is_imported():
    call_command("import_members", str(EXAMPLE))
    keller = Member.objects.get(number="700100001")
    assert (keller.name, keller.born_on, keller.ahv, keller.phone) == (
        "Ruth Keller",
        date(1958, 3, 4),
        "7561234567897",
        "+41443218765",
    )
    assert keller.sort_name == "keller ruth"
    assert [
        (cover.product, cover.franchise, cover.premium) for cover in keller.covers.order_by("branch")
    ] == [
        ("Firnlicht Basis Hausarzt", Decimal(300), Decimal("465.30")),
        ("Firnlicht Spital halbprivat", None, Decimal("112.80")),
    ]
    assert [one.name for one in keller.household.members.exclude(pk=keller.pk)] == ["Werner Keller"]


def test_a_second_run_changes_nothing(capsys):
    call_command("import_members", str(EXAMPLE))
    before = [list(model.objects.order_by("pk").values()) for model in (Household, Member, Cover)]
    call_command("import_members", str(EXAMPLE))
    assert [list(model.objects.order_by("pk").values()) for model in (Household, Member, Cover)] == before
    assert capsys.readouterr().out.splitlines()[-1] == "4 members, 0 of them new, 5 covers."


def test_a_dry_run_says_the_same_and_keeps_nothing(capsys):
    call_command("import_members", str(EXAMPLE), "--dry-run")
    assert "4 members, 4 of them new, 5 covers." in capsys.readouterr().out
    assert not Member.objects.exists()
    assert not Entry.objects.exists()


def test_one_wrong_line_and_nothing_is_imported():
    assert faults(line("1"), line("2", born="31.2.1990")) == [
        (3, "“born_on” is no date with a year of four digits, as in 1958-03-04 or 4.3.1958.")
    ]
    assert not Member.objects.exists()
    assert not Household.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"number": ""}, "“number” is empty"),
        ({"number": "1" * 13}, "longer than 12"),
        ({"family": ""}, "“family_name” is empty"),
        ({"born": "4.3.58"}, "year of four digits"),
        ({"ahv": "756.1234.5678.90"}, "check digit"),
        ({"phone": "12"}, "no telephone number"),
        (
            {"branch": "gold", "product": "x", "premium": "1", "starts_on": "2020-01-01"},
            "basic or supplementary",
        ),
        ({"branch": "basic", "product": "x", "premium": "-1", "starts_on": "2020-01-01"}, "no sum of money"),
        ({"branch": "basic", "product": "x", "premium": "NaN", "starts_on": "2020-01-01"}, "no sum of money"),
        (
            {"branch": "basic", "product": "x", "premium": "1.005", "starts_on": "2020-01-01"},
            "no sum of money",
        ),
        ({"branch": "basic", "premium": "1", "starts_on": "2020-01-01"}, "“product” is empty"),
        ({"branch": "basic", "product": "x", "premium": "1"}, "“starts_on” is no date"),
        (
            {
                "branch": "basic",
                "product": "x",
                "premium": "1",
                "starts_on": "2020-01-02",
                "ends_on": "2020-01-01",
            },
            "lies before",
        ),
    ],
)
def test_a_wrong_cell_is_named_with_its_line(wrong, says):
    ((at, said),) = faults(line("7"), line(**{"number": "8", **wrong}))
    assert at == 3
    assert says in said


def test_every_wrong_line_is_named():
    assert [at for at, _ in faults(line("1", born="x"), line("2"), line("3", ahv="1"), "1,2\n")] == [2, 4, 5]


def test_a_member_twice_with_other_particulars_is_wrong():
    assert faults(line("1"), line("1", family="Beer")) == [
        (3, "This member stands on line 2 with other particulars.")
    ]


def test_two_members_with_one_ahv_number_are_wrong():
    ahv = {"ahv": "7561234567897"}
    assert [at for at, _ in faults(line("1", **ahv), line("2", **ahv))] == [3]
    load(line("1", **ahv))
    assert faults(line("2", **ahv)) == [(2, "Another member has this AHV number already.")]


def test_two_members_may_exchange_a_wrong_ahv_number():
    load(line("1", ahv="7561234567897"), line("2"))
    load(line("1"), line("2", ahv="7561234567897"))
    assert Member.objects.get(number="2").ahv == "7561234567897"


def test_a_known_member_is_brought_up_to_date():
    load(line("1"))
    pk = Member.objects.get().pk
    load(line("1", given="Adele", phone="0443218765"))
    member = Member.objects.get()
    assert (member.pk, member.given_name, member.sort_name, member.phone) == (
        pk,
        "Adele",
        "baer adele",
        "+41443218765",
    )


def test_what_is_not_in_the_file_stays():
    load(line("1", branch="basic", product="Basis", premium="1", starts_on="2020-01-01"))
    load(line("2"))
    assert Member.objects.get(number="1").covers.count() == 1


def test_a_household_has_the_address_of_its_last_line():
    load(line("1", household="H1"), line("2", household="H1", street="Neugasse 9"))
    assert [home.street for home in Household.objects.all()] == ["Neugasse 9"]


@pytest.mark.parametrize(
    ("head", "says"),
    [
        ("", "lacks these columns: number"),
        ("number;given_name\n", "lacks these columns: family_name"),
        (HEAD.replace("ahv", "svnr"), "do not know: svnr"),
        (HEAD.replace("ahv", "phone"), "twice in the head"),
    ],
)
def test_a_wrong_head_is_said_once(head, says):
    rows, found = read([head, line("1")])
    assert not rows
    assert [fault.line for fault in found] == [1]
    assert says in found[0].says


def test_a_file_that_is_not_utf8_is_refused(tmp_path):
    file = tmp_path / "members.csv"
    file.write_bytes((HEAD + line("1")).encode("cp1252"))
    with pytest.raises(CommandError, match="not UTF-8"):
        call_command("import_members", str(file))


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_members", str(tmp_path / "no.csv"))


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(max_size=60), max_size=8))
def test_no_file_makes_the_reading_fail(lines):
    read([HEAD, *(f"{text}\n" for text in lines)])
    read(lines)
