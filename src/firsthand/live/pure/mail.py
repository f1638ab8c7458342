"""The mail of one open page: what it has not been told yet, however slowly it reads."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

# A page that is this many messages behind fetches everything anew; memory stays bounded.
FULL = 500
# A whisper to the server's own mailboxes: this session has signed out.
SESSION = "session:"

_TOPIC = re.compile(r"[a-z0-9_.:-]{1,120}")
_CURSOR = re.compile(r"[0-9]{1,20}:[0-9]{1,20}:([0-9]{1,20}(,[0-9]{1,20}){0,250})?")


def checked(topic: str) -> str:
    """A topic is made of codes and ids. Anything else is refused here, before it can travel."""
    if not _TOPIC.fullmatch(topic):
        raise ValueError(f"not a topic: {len(topic)} characters")
    return topic


def is_cursor(text: str) -> bool:
    """Whether this reads like a snapshot of PostgreSQL: `xmin:xmax:xip,xip`."""
    if not _CURSOR.fullmatch(text):
        return False
    low, high, running = text.split(":")
    open_ones = [int(number) for number in running.split(",")] if running else []
    return 0 < int(low) <= int(high) < 2**63 and all(
        before < after
        for before, after in zip([int(low) - 1, *open_ones], [*open_ones, int(high)], strict=True)
    )


def went_back(before: str, now: str) -> bool:
    """Whether the second snapshot is of another, younger database: restored from a backup, for example."""
    return int(now.split(":")[1]) < int(before.split(":")[1])


@dataclass(frozen=True, slots=True)
class News:
    id: int
    topic: str
    message: str | None  # JSON as the database wrote it; without one it is a nudge


class Mail:
    __slots__ = ("messages", "signs", "touched")

    def __init__(self) -> None:
        self.touched: dict[str, None] = {}  # a topic waits once, however often it changed
        self.messages: list[News] = []
        # Said by the server itself. `lost`: the database cannot be reached; `refresh`: fetch everything;
        # `again`: open a new stream; `ended`: this reader may hear nothing more.
        self.signs: set[str] = set()

    def __bool__(self) -> bool:
        return bool(self.touched or self.messages or self.signs)

    def put(self, news: News) -> None:
        if news.topic.startswith(SESSION):
            self.signs.add("ended")
        elif news.message is None:
            self.touched[news.topic] = None
        elif len(self.messages) < FULL:
            self.messages.append(news)
        else:
            self.messages.clear()
            self.signs.add("refresh")

    def take(self, cursor: str) -> bytes:
        """One frame with everything that waits. `cursor` is how far the reader has then heard."""
        written = frame(cursor, self.touched, self.messages, self.signs)
        self.touched, self.messages, self.signs = {}, [], set()
        return written


def frame(
    cursor: str, touched: Iterable[str] = (), messages: Iterable[News] = (), signs: Iterable[str] = ()
) -> bytes:
    """A server-sent event; with nothing to say it is the heartbeat: no page sees a bare comment."""
    parts = [f'"cursor":{json.dumps(cursor)}']
    if topics := list(touched):
        parts.append(f'"touched":{json.dumps(topics)}')
    if letters := [f'{{"id":{m.id},"topic":{json.dumps(m.topic)},"message":{m.message}}}' for m in messages]:
        parts.append(f'"messages":[{",".join(letters)}]')
    parts.extend(f'"{sign}":true' for sign in sorted(signs))
    return f"data:{{{','.join(parts)}}}\n\n".encode()
