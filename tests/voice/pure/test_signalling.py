import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.voice.pure import sdp
from firsthand.voice.pure.signalling import Malformed, parse

HEAD = {"to": "helper", "instance": "a", "for_instance": "b", "epoch": 3}
CANDIDATE = {"candidate": "candidate:1 1 udp 2122 10.0.0.1 5000 typ host", "sdpMid": "0", "sdpMLineIndex": 0}


def test_an_offer_is_read():
    signal = parse({**HEAD, "kind": "sdp", "sdp": {"type": "offer", "sdp": "v=0"}})
    assert (signal.to, signal.epoch, signal.body) == ("helper", 3, {"sdp": {"type": "offer", "sdp": "v=0"}})


def test_only_what_is_known_of_a_candidate_is_carried():
    signal = parse({**HEAD, "kind": "ice", "candidates": [{**CANDIDATE, "name": "Keller"}], "more": 1})
    assert signal.body == {"candidates": [CANDIDATE]}


def test_a_huge_sdp_is_cut_where_it_is_refused_anyway():
    signal = parse({**HEAD, "kind": "sdp", "sdp": {"type": "answer", "sdp": "x" * 1_000_000}})
    assert len(signal.body["sdp"]["sdp"]) == sdp.LONGEST + 1


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {},
        {**HEAD, "kind": "chat", "words": "hello"},
        {**HEAD, "kind": "sdp"},
        {**HEAD, "kind": "sdp", "sdp": {"type": "rollback", "sdp": ""}},
        {**HEAD, "kind": "sdp", "sdp": {"type": "offer", "sdp": 5}},
        {**HEAD, "kind": "ice", "candidates": [CANDIDATE] * 31},
        {**HEAD, "kind": "ice", "candidates": [{**CANDIDATE, "candidate": "x" * 501}]},
        {**HEAD, "kind": "ice", "candidates": [{**CANDIDATE, "candidate": "a\nb"}]},
        {**HEAD, "kind": "ice", "candidates": [{**CANDIDATE, "sdpMLineIndex": 1}]},
        {**HEAD, "kind": "again", "instance": "x" * 41},
        {**HEAD, "kind": "again", "epoch": "3"},
    ],
)
def test_any_other_shape_is_malformed(data):
    with pytest.raises(Malformed):
        parse(data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*HEAD, "kind", "sdp"]), inner)
    ),
)


@given(JSON)
def test_anything_else_is_malformed_and_never_an_error(data):
    with pytest.raises(Malformed):
        parse(data)
