import json

import pytest
from hypothesis import given
from hypothesis import strategies as some

from firsthand.live.pure.mail import FULL, Mail, News, checked, frame, is_cursor, went_back


def read(written: bytes) -> dict:
    text = written.decode()
    assert text.startswith("data:")
    assert text.endswith("\n\n")
    assert text.count("\n") == 2
    return json.loads(text.removeprefix("data:"))


def test_a_topic_that_changed_often_is_told_once():
    mail = Mail()
    for number in range(10_000):
        mail.put(News(number, "wall", None))
    assert read(mail.take("1:1:")) == {"cursor": "1:1:", "touched": ["wall"]}
    assert not mail


def test_messages_come_in_order_and_once():
    mail = Mail()
    mail.put(News(7, "leg:1", '{"sdp": "a"}'))
    mail.put(News(8, "leg:1", '{"sdp": "b"}'))
    assert [(m["id"], m["topic"], m["message"]["sdp"]) for m in read(mail.take(""))["messages"]] == [
        (7, "leg:1", "a"),
        (8, "leg:1", "b"),
    ]
    assert "messages" not in read(mail.take(""))


def test_who_reads_too_slowly_is_told_to_fetch_everything_and_memory_stays_bounded():
    mail = Mail()
    for number in range(FULL * 3 + 2):
        mail.put(News(number, "leg:1", "{}"))
        assert len(mail.messages) <= FULL
    said = read(mail.take(""))
    assert said["refresh"] is True
    assert len(said.get("messages", [])) <= FULL


def test_the_end_of_a_session_ends_the_stream_and_names_nothing():
    mail = Mail()
    mail.put(News(1, "session:abc", None))
    assert read(mail.take("")) == {"cursor": "", "ended": True}


def test_a_heartbeat_is_an_event_that_says_nothing():
    assert frame("3:5:4") == b'data:{"cursor":"3:5:4"}\n\n'


@given(some.dictionaries(some.text(), some.text(), max_size=3))
def test_no_message_can_break_out_of_its_frame(message):
    assert (
        read(frame("", messages=[News(1, "leg:1", json.dumps(message))]))["messages"][0]["message"] == message
    )


@pytest.mark.parametrize(
    "fine", ["wall", "desk:7", "caller:0b7c5f5e-9e1f-4a52-9c11-0a4a4f9c8a11", "session:ab"]
)
def test_codes_and_ids_are_topics(fine):
    assert checked(fine) == fine


@pytest.mark.parametrize(
    "not_fine", ["", "Wall", "Frau Keller", "wall\n", "a" * 121, "wall~x", "wall,desk", "zürich"]
)
def test_names_and_separators_are_not(not_fine):
    with pytest.raises(ValueError, match="not a topic"):
        checked(not_fine)


@pytest.mark.parametrize("fine", ["1:1:", "3:9:4,8", "700:705:700,702"])
def test_a_snapshot_is_a_cursor(fine):
    assert is_cursor(fine)


@pytest.mark.parametrize(
    "not_fine",
    [
        "",
        "1",
        "1:1",
        "9:3:",
        "0:5:",
        "3:9:9",
        "3:9:8,4",
        "3:9:,",
        "3:9:4,4",
        "a:b:c",
        "1:1:\n",
        f"1:{2**63}:",
    ],
)
def test_what_the_database_would_refuse_is_not(not_fine):
    assert not is_cursor(not_fine)


def test_a_younger_database_is_noticed():
    assert went_back("1:900:", "1:20:")
    assert not went_back("1:20:", "1:20:")
