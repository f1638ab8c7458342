"""Seat free → offer on a real Chromium's screen, with 200 open desks beside it; "Answer" → both hear.

The 200 desks are plain sockets that do what a desk's page does: one stream, a beat every 4 s, and each live
part fetched again when it is touched. Own home, own port, loopback only, bounded in count and time.
"""

from __future__ import annotations

import asyncio
import contextlib
import html
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.figure import Figure, cores, percentile

DESKS = int(os.environ.get("FIRSTHAND_BENCH_DESKS", "200"))
OFFERS = int(os.environ.get("FIRSTHAND_BENCH_OFFERS", "40"))
CALLS = int(os.environ.get("FIRSTHAND_BENCH_CALLS", "15"))


def run() -> Iterator[Figure]:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "DJANGO_ALLOW_ASYNC_UNSAFE": "1"}
    environment.pop("FIRSTHAND_FORGETFUL", None)
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.bench_desk"], env=environment, stdout=subprocess.PIPE, check=True
    )
    found = json.loads(done.stdout.splitlines()[-1])
    offers, calls, bare = found["offers"], found["calls"], found["bare"]
    given = f"{DESKS} open desks, {len(offers)} offers, {cores()} cores"
    yield Figure("desk", "seat free → offer shown p50", percentile(offers, 0.5), "ms", "", given)
    yield Figure("desk", "seat free → offer shown p95", percentile(offers, 0.95), "ms", "< 300 ms", given)
    given = f"two Chromium, {len(calls)} calls"
    yield Figure("desk", "answer pressed → audio both ways p50", percentile(calls, 0.5), "ms", "", given)
    yield Figure(
        "desk", "answer pressed → audio both ways p95", percentile(calls, 0.95), "ms", "< 1500 ms", given
    )
    ratio = percentile(calls, 0.5) / statistics.median(bare)
    given = f"two connections inside one page, no server: {statistics.median(bare):.0f} ms"
    yield Figure("desk", "the same against WebRTC alone", ratio, "ratio", "", given)


class Desks:
    """The colleagues: French-speaking, ready, with a page open."""

    def __init__(self, port: int, sessions: list[str]) -> None:
        self.port, self.sessions = port, sessions
        self.open = self.fetched = 0
        self.few = asyncio.Semaphore(10)  # a room that opens does not press "Ready" in one second

    async def ask(self, method: str, path: str, cookie: str, **headers: str) -> tuple[str, str]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        lines = [
            f"{method} {path} HTTP/1.1",
            f"Host: localhost:{self.port}",
            f"Cookie: {cookie}",
            "Connection: close",
        ]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        lines += [f"Referer: http://localhost:{self.port}/desk/", "Content-Length: 0"]
        writer.write("\r\n".join([*lines, "", ""]).encode())
        head, _, body = (await reader.read()).decode().partition("\r\n\r\n")
        writer.close()
        return head, body

    async def sit(self, session: str) -> None:
        cookie = f"sessionid={session}"
        async with self.few:
            head, page = await self.ask("GET", "/desk/", cookie)
            assert " 200 " in head.splitlines()[0], head
            crumb = re.search(r"csrftoken=([^;]+)", head)
            token = re.search(r'X-CSRFToken": "([^"]+)"', html.unescape(page))
            assert crumb
            assert token
            cookie += f"; csrftoken={crumb[1]}"
            tab = {"X_CSRFToken": token[1], "X_Firsthand_Tab": session}
            await self.ask("POST", "/desk/ready/", cookie, **tab)
            _, page = await self.ask("GET", "/desk/", cookie, **tab)
        found = re.findall(r'data-live="([^"]+)" data-live-url="([^"]+)"(?: data-live-part="([^"]*)")?', page)
        parts = {
            topic.split("~")[0]: (topic, html.unescape(url), part)
            for live, url, part in found
            for topic in live.split()
        }
        assert parts, page
        seat = re.search(r'<seat-beat[^>]* token="([^"]+)"', page)
        assert seat
        await asyncio.gather(self.beat(html.unescape(seat[1]), session), self.listen(cookie, parts))

    async def beat(self, seat: str, tab: str) -> None:
        while True:
            head, _ = await self.ask("POST", "/desk/beat/", "", X_Firsthand_Tab=tab, X_Firsthand_Seat=seat)
            assert " 204 " in head.splitlines()[0], head
            await asyncio.sleep(4)

    async def listen(self, cookie: str, parts: dict[str, tuple[str, str, str]]) -> None:
        topics = ",".join(token for token, _, _ in parts.values())
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        head = f"GET /live/?topics={topics}&age=0 HTTP/1.1\r\nHost: localhost:{self.port}\r\nCookie: {cookie}"
        writer.write(f"{head}\r\n\r\n".encode())
        assert b"200" in await reader.readline()
        self.open += 1
        while line := await reader.readline():
            for _, url, part in [found for topic, found in parts.items() if f'"{topic}"'.encode() in line]:
                await self.ask(
                    "GET", url, cookie, HX_Request="true", HX_Live=part or "true", X_Background="live"
                )
                self.fetched += 1

    async def all(self) -> None:
        await asyncio.gather(*(self.sit(session) for session in self.sessions))


@contextlib.contextmanager
def colleagues(house) -> Iterator[Desks]:
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from firsthand.people.models import Role
    from tests import world

    sessions = []
    for number in range(DESKS):
        person = world.person(f"Desk{number} Marti", Role.HELPER, languages=("fr",), ready=True)
        session = SessionStore()
        session.update(
            {SESSION_KEY: str(person.pk), BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0]}
        )
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.save()
        sessions.append(session.session_key)
    desks = Desks(house.port, sessions)
    loop = asyncio.new_event_loop()
    task: list[asyncio.Task[None]] = []
    thread = threading.Thread(target=_work, args=(loop, desks, task), daemon=True)
    thread.start()
    end = time.monotonic() + 120
    while desks.open < DESKS and time.monotonic() < end:
        time.sleep(0.1)
    assert desks.open == DESKS, f"{desks.open} of {DESKS} desks opened"
    yield desks
    loop.call_soon_threadsafe(task[0].cancel)
    thread.join(10)


def _work(loop: asyncio.AbstractEventLoop, desks: Desks, task: list[asyncio.Task[None]]) -> None:
    task.append(loop.create_task(desks.all()))
    with contextlib.suppress(asyncio.CancelledError):
        loop.run_until_complete(task[0])


WATCH = """() => { window.offers = {}; new MutationObserver(() => {
  const form = document.querySelector('form[action$="/take/"]');
  if (form) window.offers[form.getAttribute('action')] ??= Date.now();
}).observe(document.documentElement, { subtree: true, childList: true }); }"""


def offers(house, page) -> list[float]:
    """Each time a wrap-up ends while somebody waits: milliseconds until the page shows the offer."""
    from firsthand.answer import actions
    from firsthand.answer.models import Contact, Seat
    from tests import world

    ada = world.ada()
    page.goto(f"{house.address}/desk/")
    page.keyboard.press("Alt+r")
    page.get_by_text("You are ready").wait_for()
    page.evaluate(WATCH)
    current = actions.arrive(language="de", carrier="fake")
    times = []
    for _ in range(OFFERS):
        page.wait_for_function(
            "id => Object.keys(offers).some(o => o.includes(id))", arg=str(current.public_id)
        )
        actions.take(current, by=ada)
        actions.hang_up(current, by=ada)
        following = actions.arrive(language="de", carrier="fake")
        time.sleep(0.3)  # the page has shown the wrap-up
        began = time.time() * 1000
        actions.close(Contact.objects.get(pk=current.pk), solved=True, by=ada)
        found = f"Object.entries(offers).find(([o]) => o.includes('{following.public_id}'))?.[1]"
        page.wait_for_function(f"() => {found}")
        times.append(page.evaluate(found) - began)
        current = following
    actions.take(current, by=ada)
    actions.hang_up(current, by=ada)
    actions.close(Contact.objects.get(pk=current.pk), solved=True, then_away=True, by=ada)
    assert Seat.objects.get(person=ada).state == Seat.State.AWAY
    return times


FLOWS = """async () => { const call = (await firsthandVoice.stats()).at(-1);
  const got = JSON.stringify(call ?? {}).match(/"packetsReceived":(\\d+)/);
  return !!got && +got[1] > 3; }"""


def calls(house, page, caller) -> list[float]:
    from firsthand.answer import actions
    from firsthand.answer.models import Contact
    from tests import world

    times = []
    page.goto(f"{house.address}/desk/")
    for _ in range(CALLS):
        if page.get_by_text("You are not ready").count():
            page.keyboard.press("Alt+r")
            page.get_by_text("You are ready").wait_for()
        caller.goto(f"{house.address}/call/?language=de")
        if (again := caller.locator("form[action$='/again/'] button")).count():
            again.click()
        caller.get_by_role("button", name="Anrufen", exact=True).click()
        answer = page.locator("form[action$='/take/'] button")
        answer.wait_for()
        time.sleep(0.5)
        began = time.monotonic()
        answer.click()
        for side in (page, caller):
            side.wait_for_function(FLOWS, polling=20, timeout=20_000)
        times.append((time.monotonic() - began) * 1000)
        ada = world.ada()
        contact = Contact.objects.open().get(seat__person=ada)
        actions.hang_up(contact, by=ada)
        contact.refresh_from_db()
        actions.close(contact, solved=True, by=ada)
        time.sleep(0.3)
    return times


BARE = """async () => {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const [a, b] = [new RTCPeerConnection(), new RTCPeerConnection()];
  const began = performance.now();
  a.onicecandidate = (e) => b.addIceCandidate(e.candidate);
  b.onicecandidate = (e) => a.addIceCandidate(e.candidate);
  for (const track of stream.getTracks()) { a.addTrack(track, stream); b.addTrack(track, stream); }
  await a.setLocalDescription(); await b.setRemoteDescription(a.localDescription);
  await b.setLocalDescription(); await a.setRemoteDescription(b.localDescription);
  const got = async (pc) => [...(await pc.getStats()).values()]
    .some((s) => s.type === "inbound-rtp" && s.packetsReceived > 3);
  while (!(await got(a)) || !(await got(b))) await new Promise((done) => setTimeout(done, 10));
  const took = performance.now() - began; a.close(); b.close(); stream.getTracks().forEach((t) => t.stop());
  return took; }"""


def main() -> None:
    import django

    django.setup()
    from playwright.sync_api import sync_playwright

    from firsthand.know import actions as know
    from tests import world
    from tests.browser.house import House
    from tests.browser.switches import ARGUMENTS, MICROPHONE
    from tests.browser.tones import tone

    home = Path(tempfile.mkdtemp(prefix="firsthand-bench-"))
    home.chmod(0o711)
    found: dict[str, list[float]] = {}
    with sync_playwright() as playwright, House(home).open() as house:
        house.start()
        know.load_catalogue()
        browsers = [
            playwright.chromium.launch(
                executable_path="/usr/bin/chromium",
                args=[*ARGUMENTS, *MICROPHONE, f"--use-file-for-fake-audio-capture={tone(hz)}"],
            )
            for hz in (440, 700)
        ]
        caller = browsers[0].new_context(locale="de-CH").new_page()
        context = browsers[1].new_context(locale="en-GB")
        house.sign_in(context, world.ada())
        page = context.new_page()
        with colleagues(house):
            found["offers"] = offers(house, page)
        found["calls"] = calls(house, page, caller)
        caller.goto(f"{house.address}/voice/microphone/")
        found["bare"] = [caller.evaluate(BARE) for _ in range(5)]
        for browser in browsers:
            browser.close()
    print(json.dumps(found))


if __name__ == "__main__":
    main()
