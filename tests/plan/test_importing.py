"""A file of past volumes, from the planner's hand into the table: nothing half, nothing twice, nothing left over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from firsthand.journal.models import Entry
from firsthand.plan.actions import importing, uploads
from firsthand.plan.models import Import, Queue, Staged, State, Upload, Volume
from firsthand.plan.pure.volumes import files
from tests import world

pytestmark = pytest.mark.django_db

PAGE = "/volumes/import/"
HEAD = "Datum;Zeit;Warteschlange;Anrufe;Angenommen;Aufgelegt;Bearbeitungszeit\n"
ROWS = "".join(
    f"02.11.2026;{hour:02}:{half};Deutsch;{40 + hour};30;2;300\n"
    for hour in range(8, 12)
    for half in ("00", "30")
)
FILE = (HEAD + ROWS).encode()


def received(data: bytes = FILE) -> Upload:
    return uploads.receive(data, by=world.otto())


def named(upload: Upload) -> Upload:
    mapping = files.restored(upload.mapping)
    return uploads.name_columns(upload, mapping, by=world.otto())


def checked(data: bytes = FILE, *chosen: str) -> Upload:
    upload = named(received(data))
    uploads.name_queues(upload, chosen or ["new:de"] * len(upload.names), by=world.otto())
    importing.check(upload.pk)
    upload.refresh_from_db()
    return upload


def read_in(data: bytes = FILE, *chosen: str) -> Upload:
    upload = checked(data, *chosen)
    assert upload.step == Upload.Step.READY, upload.found
    uploads.confirm(upload, by=world.otto())
    importing.read_in(upload.pk)
    upload.refresh_from_db()
    assert upload.step == Upload.Step.DONE
    return upload


def faults(data: bytes) -> list[tuple[int, str]]:
    upload = checked(data)
    assert upload.step == Upload.Step.FAULTY
    return [(line, code) for line, code, _words in upload.found["faults"]]


def test_a_file_becomes_intervals_of_a_queue():
    read_in()
    first = Volume.objects.earliest("starts_at")
    assert Volume.objects.count() == 8
    assert first.starts_at == datetime(2026, 11, 2, 7, tzinfo=UTC)  # 8 o'clock in Zürich
    assert (first.offered, first.answered, first.abandoned, first.minutes) == (48, 30, 2, 30)
    assert float(first.aht_seconds) == 300
    assert first.queue == Queue.objects.get(language="de", topic="")
    entry = Entry.objects.get(verb="imported")
    assert entry.details == {"rows": 8, "replaced": 0}


def test_nothing_of_the_file_stays():
    upload = read_in()
    assert bytes(upload.packed) == b""
    assert not Staged.objects.exists()
    upload.until = timezone.now() - timedelta(seconds=1)
    upload.save()
    uploads.tidy()
    assert not Upload.objects.exists()
    assert Volume.objects.count() == 8


def test_a_file_whose_hour_is_over_is_gone_for_good():
    upload = checked()
    assert Staged.objects.count() == 8
    Upload.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert uploads.tidy() > 0
    assert not Staged.objects.exists()
    assert not Upload.objects.filter(pk=upload.pk).exists()


def test_a_new_file_replaces_the_one_before():
    first, second = received(), received(FILE + b"02.11.2026;12:00;Deutsch;4;3;1;300\n")
    assert list(Upload.objects.all()) == [second]
    assert first.pk != second.pk


def test_the_same_file_twice_is_said_and_changes_nothing():
    first = read_in()
    before = list(Volume.objects.order_by("starts_at").values_list("starts_at", "offered"))
    upload = checked(FILE, str(Queue.objects.get().pk))
    assert upload.found["same"] == first.made_id
    assert upload.found["replaces"] == 8
    uploads.confirm(upload, by=world.otto())
    importing.read_in(upload.pk)
    assert list(Volume.objects.order_by("starts_at").values_list("starts_at", "offered")) == before
    assert Import.objects.latest("pk").replaced == 8


def test_intervals_of_another_length_give_way():
    read_in()
    finer = HEAD + "".join(f"02.11.2026;08:{quarter:02};Deutsch;10;9;1;300\n" for quarter in (0, 15, 30, 45))
    read_in(finer.encode(), str(Queue.objects.get().pk))
    at_eight = Volume.objects.filter(starts_at__lt=datetime(2026, 11, 2, 8, tzinfo=UTC))
    assert [volume.minutes for volume in at_eight] == [15] * 4
    assert Volume.objects.count() == 4 + 6


def test_two_queues_of_the_file_that_are_one_of_ours_are_added_up():
    both = HEAD + "02.11.2026;08:00;A;10;8;2;100\n02.11.2026;08:30;A;10;8;2;100\n"
    both += "02.11.2026;08:00;B;30;24;;300\n02.11.2026;08:30;B;30;24;;300\n"
    upload = read_in(both.encode(), "new:de", "new:de")
    assert upload.found["rows"] == 2
    volume = Volume.objects.earliest("starts_at")
    assert (volume.offered, volume.answered, volume.abandoned) == (40, 32, None)  # one part is not told
    assert float(volume.aht_seconds) == 250


def test_a_queue_may_be_left_out():
    both = FILE + ROWS.replace("Deutsch", "Intern").encode()
    upload = read_in(both, "new:de", "")
    assert [name for name, _language, _queue in upload.names] == ["Deutsch", "Intern"]
    assert Volume.objects.count() == 8


def test_a_file_without_queues_is_one_queue():
    plain = b"start,calls\n" + b"".join(b"2026-11-02 %02d:00,7\n" % hour for hour in range(8, 12))
    read_in(plain, "new:fr")
    assert Volume.objects.count() == 4
    assert Queue.objects.get().language == "fr"


def test_the_long_night_of_autumn_has_an_hour_twice():
    hours = ["01:00", "01:30", "02:00", "02:30", "02:00", "02:30", "03:00"]
    night = HEAD + "".join(f"25.10.2026;{at};Deutsch;{n + 1};;;\n" for n, at in enumerate(hours))
    read_in(night.encode())
    found = list(Volume.objects.order_by("starts_at").values_list("starts_at", "offered"))
    assert [calls for _at, calls in found] == [1, 2, 3, 4, 5, 6, 7]
    assert [at for at, _calls in found] == [
        datetime(2026, 10, 24, 23, tzinfo=UTC) + n * timedelta(minutes=30) for n in range(7)
    ]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("02.11.2026;12:00;Deutsch;-4;3;1;300", "negative"),
        ("02.11.2026;08:00;Deutsch;4;3;1;300", "duplicate"),
        ("02.11.2026;14:00;Deutsch;4;3;1;300", "gap"),
        ("02.11.2026;12:00;;4;3;1;300", "no_queue"),
        ("02.11.2026;12:00;Deutsch;4;3;2;300", "more_than_offered"),
        ("29.03.2026;02:30;Deutsch;4;3;1;300", "no_such_time"),
        ("gestern;12:00;Deutsch;4;3;1;300", "not_a_time"),
        ("02.11.2026;12:07;Deutsch;4;3;1;300", "not_on_grid"),
        ("02.11.2026;12:00;Deutsch;4.5;3;1;300", "not_whole"),
    ],
)
def test_one_wrong_line_and_nothing_is_read(row, code):
    assert (10, code) in faults(FILE + f"{row}\n".encode())
    assert not Staged.objects.exists()
    assert not Volume.objects.exists()


@pytest.mark.parametrize(
    ("time", "says"), [("12:30", "1 interval is missing"), ("13:00", "2 intervals are missing")]
)
def test_what_is_missing_is_counted_in_words(otto, time, says):
    checked(FILE + f"02.11.2026;{time};Deutsch;4;3;1;300\n".encode())
    assert says in otto.get(PAGE).text


def test_a_missing_interval_may_mean_nobody_called():
    upload = received(FILE + b"02.11.2026;14:00;Deutsch;4;3;1;300\n")
    mapping = files.changed(
        files.restored(upload.mapping), {**files.restored(upload.mapping).columns, "missing_is_zero": True}
    )
    uploads.name_columns(upload, mapping, by=world.otto())
    uploads.name_queues(upload, ["new:de"], by=world.otto())
    importing.check(upload.pk)
    upload.refresh_from_db()
    assert upload.step == Upload.Step.READY
    assert upload.found["rows"] == 8 + 4 + 1


def test_after_a_fault_the_columns_may_be_chosen_anew():
    upload = checked(FILE + b"02.11.2026;12:00;Deutsch;-4;3;1;300\n")
    assert bytes(upload.packed)
    uploads.back(upload, by=world.otto())
    assert Upload.objects.get().step == Upload.Step.COLUMNS


def test_the_next_file_of_the_same_kind_is_understood_as_the_last():
    upload = named(received(FILE.replace(b"Deutsch", b"Team 7")))
    uploads.name_queues(upload, ["new:it"], by=world.otto())
    importing.check(upload.pk)
    upload.refresh_from_db()
    uploads.confirm(upload, by=world.otto())
    importing.read_in(upload.pk)
    again = named(received(FILE.replace(b"Deutsch", b"Team 7").replace(b"02.11", b"03.11")))
    assert again.names == [["Team 7", "", Queue.objects.get(language="it").pk]]


def test_it_can_be_stopped_while_it_is_checked(monkeypatch):
    monkeypatch.setattr(importing, "LOOK", 2)
    upload = named(received())
    uploads.name_queues(upload, ["new:de"], by=world.otto())
    seen = []

    def pressed(row, percent, to=importing.working.reached):
        seen.append(percent)
        if len(seen) == 2:
            uploads.stop(upload, by=world.otto())
        to(row, percent)

    monkeypatch.setattr(importing.working, "reached", pressed)
    importing.check(upload.pk)
    upload.refresh_from_db()
    assert (upload.step, upload.state) == (Upload.Step.QUEUES, State.STOPPED)
    assert seen == sorted(seen)
    assert not Staged.objects.exists()


def test_what_breaks_while_it_is_read_in_leaves_everything_as_it_was(monkeypatch):
    read_in()
    upload = checked(FILE.replace(b";30;2;300", b";20;9;200"), str(Queue.objects.get().pk))
    uploads.confirm(upload, by=world.otto())
    monkeypatch.setattr(importing.journal, "record", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        importing.read_in(upload.pk)
    upload.refresh_from_db()
    assert (upload.step, upload.state, upload.problem) == (Upload.Step.READY, State.FAILED, "failed")
    assert set(Volume.objects.values_list("answered", flat=True)) == {30}


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"PK\x03\x04 a spreadsheet", uploads.NotText),
        (b"\x00\x01\x02binary", uploads.NotText),
        (b" \n\n", uploads.Empty),
        (b"x" * (uploads.MOST_BYTES + 1), uploads.TooLarge),
    ],
)
def test_what_is_no_csv_is_refused(data, refusal):
    with pytest.raises(refusal):
        received(data)
    assert not Upload.objects.exists()


def test_a_planner_reads_a_file_in_page_by_page(otto):
    assert "Look into this file" in otto.get(PAGE).text
    assert otto.post(PAGE, {"file": SimpleUploadedFile("secret name.csv", FILE)}).status_code == 302
    page = otto.get(PAGE).text
    assert "Which column holds what?" in page
    assert "Warteschlange" in page
    upload = Upload.objects.get()
    typed = {
        f"column{place}": of
        for place, of in enumerate(["date", "time", "queue", "offered", "answered", "abandoned", "aht"])
    }
    typed |= {"order": "dmy", "decimal": ".", "aht_unit": "1.0", "missing_is_zero": "False"}
    assert otto.post(f"{PAGE}{upload.pk}/columns/", typed).status_code == 302
    assert "Which queue is which?" in otto.get(PAGE).text
    assert otto.post(f"{PAGE}{upload.pk}/queues/", {"queue0": "new:de"}).status_code == 302
    assert "The file is being checked" in otto.get(PAGE).text
    importing.check(upload.pk)
    page = otto.get(PAGE).text
    assert "8 intervals of 30 minutes" in page
    assert "Nothing that is there already is replaced." in page
    assert otto.post(f"{PAGE}{upload.pk}/read-in/").status_code == 302
    assert otto.post(f"{PAGE}{upload.pk}/read-in/").status_code == 422  # pressed twice
    importing.read_in(upload.pk)
    assert "It is read in" in otto.get(PAGE).text
    assert Volume.objects.count() == 8


def test_faults_are_shown_with_their_line_and_what_to_do(otto):
    checked(FILE + b"02.11.2026;12:00;Deutsch;-4;3;1;300\n")
    page = otto.get(PAGE).text
    assert ">10<" in page
    assert "“-4” in “Anrufe” is less than nothing." in page
    assert "Correct the number" in page


def test_a_column_is_chosen_once(otto):
    upload = received()
    typed = {f"column{place}": "offered" for place in range(7)}
    typed |= {"order": "dmy", "decimal": ".", "aht_unit": "1.0", "missing_is_zero": "False"}
    answer = otto.post(f"{PAGE}{upload.pk}/columns/", typed)
    assert answer.status_code == 422
    assert "Another column is chosen for this already." in answer.text
    assert "Which column tells day and time?" in answer.text


def test_another_organiser_does_not_see_the_file(client):
    upload = received()
    client.force_login(world.person("Olga Zahn", world.Role.ORGANISER))
    assert "Look into this file" in client.get(PAGE).text
    for verb in ("columns", "queues", "again", "read-in", "stop", "drop"):
        assert client.post(f"{PAGE}{upload.pk}/{verb}/").status_code == 404
    assert Upload.objects.exists()
