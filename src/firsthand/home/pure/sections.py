"""What stands on somebody's start page, in which order, and the one thing to do first."""

from collections.abc import Collection

ANSWERING = frozenset({"helper", "advisor", "specialist", "executive"})


def sections(roles: Collection[str]) -> list[str]:
    """Somebody with several roles sees all of them: what cannot wait first, what one reads last.

    An executive reads what was heard and then takes a seat; who only answers takes the seat first.
    """
    held = set(roles)
    answers = bool(held & ANSWERING)
    reads_first = "executive" in held
    wanted = [
        ("room", "organiser" in held),
        ("planned", "organiser" in held),
        ("heard", reads_first),
        ("answering", answers),
        ("owned", "owner" in held),
        ("looked", "protection" in held),
        ("heard", not reads_first),
    ]
    return [name for name, shown in wanted if shown]


def first_step(*, signed: bool, topics: int, state: str) -> str:
    """What somebody who answers does next. Without a signature or a topic nobody can be put through."""
    if state in {"offered", "talking", "wrap_up"}:
        return "go_on"
    if not signed:
        return "sign"
    if not topics:
        return "learn"
    return "wait" if state == "ready" else "say_ready"
