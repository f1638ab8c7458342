"""What a page may ask of another page, and every way we know to ask for more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.voice.pure import sdp

ALLOWED = ["sendrecv", "sendonly", "recvonly", "inactive"]


def offer(*directions: str, head: str = "", more: str = "") -> str:
    lines = ["v=0", "o=- 4 2 IN IP4 127.0.0.1", "s=-", "t=0 0", head, "m=audio 9 UDP/TLS/RTP/SAVPF 111 63"]
    lines += ["c=IN IP4 0.0.0.0", *[f"a={each}" for each in directions], "a=rtpmap:111 opus/48000/2", more]
    return "".join(f"{line}\r\n" for line in lines if line)


@pytest.mark.parametrize("said", ALLOWED)
def test_exactly_what_is_allowed_may_pass(said):
    assert sdp.why_not(offer(said), said) == ""


@pytest.mark.parametrize("said", ALLOWED)
def test_less_than_is_allowed_may_pass(said):
    assert sdp.why_not(offer(said), "sendrecv") == ""
    assert sdp.why_not(offer("inactive"), said) == ""


@pytest.mark.parametrize(
    ("said", "allowed"),
    [
        ("sendrecv", "sendonly"),
        ("sendrecv", "recvonly"),
        ("sendrecv", "inactive"),
        ("sendonly", "recvonly"),
        ("recvonly", "sendonly"),  # to listen where one may only speak is no less forbidden
        ("recvonly", "inactive"),
        ("sendonly", "inactive"),
    ],
)
def test_more_than_is_allowed_is_refused(said, allowed):
    assert sdp.why_not(offer(said), allowed) == "direction"


def test_without_a_direction_it_means_both():
    assert sdp.why_not(offer(), "recvonly") == "direction"
    assert sdp.why_not(offer(), "sendrecv") == ""


def test_a_direction_for_the_whole_session_counts_when_the_sound_has_none():
    assert sdp.why_not(offer(head="a=inactive"), "inactive") == ""
    assert sdp.why_not(offer("sendrecv", head="a=inactive"), "inactive") == "direction"


@pytest.mark.parametrize(
    "trick", ["inactive\r\na=sendrecv", "SENDRECV", " sendrecv", "sendrecv ", "sendrecv:1", "sendonly x"]
)
def test_a_direction_that_a_lenient_reader_would_take_counts(trick):
    assert sdp.why_not(offer(trick), "inactive") in {"direction", "not_sdp"}


@pytest.mark.parametrize(
    "more",
    [
        "m=video 9 UDP/TLS/RTP/SAVPF 96",
        "m=application 9 UDP/DTLS/SCTP webrtc-datachannel",
        "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=sendrecv",
        "m=audio 0 UDP/TLS/RTP/SAVPF 111",
    ],
)
def test_a_second_medium_is_refused(more):
    assert sdp.why_not(offer("inactive", more=more), "inactive") == "not_one_sound"


@pytest.mark.parametrize("medium", ["video", "application", "text"])
def test_only_sound_passes(medium):
    assert sdp.why_not(offer("inactive").replace("m=audio", f"m={medium}"), "sendrecv") == "not_one_sound"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "v=0",
        offer("inactive\ra=sendrecv"),  # a bare return is a line end to some readers
        offer("inactive\x0ba=sendrecv"),
        offer("inactive\u2028a=sendrecv"),
        offer("inactive\x00"),
        offer("inactive") + "\r\n\r\nGET / HTTP/1.1",
        "\r\n" + offer("inactive"),
    ],
)
def test_what_is_no_sdp_is_refused(text):
    assert sdp.why_not(text, "sendrecv") in {"not_sdp", "not_one_sound"}


def test_a_long_one_is_refused():
    assert sdp.why_not(offer("inactive", more="a=x:" + "y" * sdp.LONGEST), "sendrecv") == "too_long"


@given(st.text(max_size=200))
def test_any_text_gets_a_code_and_no_error(text):
    assert isinstance(sdp.why_not(text, "sendrecv"), str)


@given(
    st.lists(st.sampled_from(["a=sendrecv", "a=sendonly", "a=recvonly", "a=inactive", "a=mid:0"]), max_size=6)
)
def test_what_passes_a_silent_line_says_nothing_but_inactive(lines):
    text = offer(more="\r\n".join(lines))
    if not sdp.why_not(text, "inactive"):
        assert {line for line in lines if line != "a=mid:0"} == {"a=inactive"}
