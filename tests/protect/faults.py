"""Faults to be planted, one at a time, in a throw-away house: in its database or in the code that serves it.

Each is a context manager that takes the database as its administrator, and puts back what a copy of the
database does not: roles are the server's, functions are the process's. `of` says which part must see it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest import mock

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from tests.protect.attacked import Administrator as Plain

Plant = Callable[[Plain], Any]


@dataclass(frozen=True)
class Fault:
    plant: Plant
    parts: tuple[str, ...]  # which attack must find it
    who: tuple[str, ...] = ()  # as which login or person it is tried, to be quick; () = all
    pages: str = ""  # which addresses
    busy: bool = False  # while somebody works


FAULTS: dict[str, Fault] = {}


def fault(*parts: str, who: tuple[str, ...] = (), pages: str = "") -> Callable[[Plant], Plant]:
    def note(plant: Plant) -> Plant:
        FAULTS[plant.__name__] = Fault(contextmanager(plant), parts, who, pages)
        return plant

    return note


def statements(
    name: str,
    *says: str,
    undo: str = "",
    parts: tuple[str, ...] = ("sql",),
    who: tuple[str, ...] = (),
    busy: bool = False,
) -> None:
    """A fault that is SQL."""

    @contextmanager
    def plant(plain: Plain) -> Iterator[None]:
        for one in says:
            plain.execute(one)
        try:
            yield
        finally:
            if undo:
                plain.execute(undo)

    FAULTS[name] = Fault(plant, parts, who, busy=busy)


# Policies
statements(
    "a policy is gone and row security with it",
    "ALTER TABLE protect_note DISABLE ROW LEVEL SECURITY",
    who=("front",),
)
statements(
    "a policy that lets everybody in",
    "CREATE POLICY open ON protect_note FOR SELECT USING (true)",
    who=("front",),
)
statements(
    "the owner serves and nothing is forced on it",
    "ALTER TABLE protect_note NO FORCE ROW LEVEL SECURITY",
    "ALTER TABLE protect_note OWNER TO firsthand_front",
    who=("front",),
)
statements(
    "a policy asks for a member only",
    "DROP POLICY seen ON protect_note",
    "CREATE POLICY seen ON protect_note FOR SELECT TO firsthand_front USING"
    " (EXISTS (SELECT FROM protect_token() t WHERE purpose = ANY (t.purposes)))",
    who=("front",),
)
statements(
    "a policy asks for no purpose and no contact, only for a token",
    "DROP POLICY seen ON protect_confidence",
    "CREATE POLICY seen ON protect_confidence FOR SELECT TO firsthand_front USING"
    " (EXISTS (SELECT FROM protect_token()))",
    who=("front",),
)
# Roles
statements(
    "a login passes by row security",
    "ALTER ROLE firsthand_front BYPASSRLS",
    undo="ALTER ROLE firsthand_front NOBYPASSRLS",
    who=("front",),
)
statements(
    "a login is a superuser",
    "ALTER ROLE firsthand_learn SUPERUSER",
    undo="ALTER ROLE firsthand_learn NOSUPERUSER",
    who=("learn",),
)
statements(
    "a login may become the keeper of the key",
    "GRANT firsthand_keeper TO firsthand_outreach",
    undo="REVOKE firsthand_keeper FROM firsthand_outreach",
    who=("outreach",),
)
statements(
    "a login may read files of the server",
    "GRANT pg_read_server_files TO firsthand_front WITH INHERIT TRUE",
    undo="REVOKE pg_read_server_files FROM firsthand_front",
    who=("front",),
)
statements(
    "a login inherits another zone's",
    "GRANT firsthand_front TO firsthand_outreach WITH INHERIT TRUE",
    undo="REVOKE firsthand_front FROM firsthand_outreach",
    who=("outreach",),
)
# Grants
statements(
    "sales may read members",
    "GRANT SELECT ON members_member TO firsthand_outreach",
    who=("outreach",),
)
statements(
    "everybody may read what was answered",
    "GRANT SELECT ON answer_contact TO PUBLIC",
    who=("learn",),
)
statements(
    "sales may read one column",
    "GRANT SELECT (words) ON answer_promise TO firsthand_outreach",
    parts=("sql", "orm"),
    who=("outreach",),
)
statements(
    "sales may read when a colleague cannot come",
    "GRANT SELECT ON plan_absence TO firsthand_outreach",
    parts=("sql", "orm"),
    who=("outreach",),
)
statements(
    "learning may read the letters of a front week",
    "GRANT SELECT (id, words) ON plan_letter TO firsthand_learn",
    parts=("sql", "orm"),
    who=("learn",),
)
statements(
    "the board may read whom the house called",
    "GRANT SELECT ON protect_outboundcontact TO firsthand_learn",
    parts=("sql", "orm"),
    who=("learn",),
)
statements(
    "the password's column is readable",
    "GRANT SELECT (password) ON people_person TO firsthand_learn",
    who=("learn",),
)
statements(
    "the pages read the board themselves",
    "GRANT SELECT (id, contact_id, words) ON learn_observation TO firsthand_front",
    parts=("sql", "orm"),
    who=("front",),
)
statements("the key is readable", "GRANT SELECT ON protect_wall_key TO firsthand_front", who=("front",))
statements("the read log is readable", "GRANT SELECT ON protect_read TO firsthand_front", who=("front",))
statements(
    "a partition is readable by itself",
    "GRANT SELECT ON protect_read_rest, protect_read_2026_11 TO firsthand_casework",
    who=("casework",),
)
statements(
    "new tables are everybody's by default",
    "ALTER DEFAULT PRIVILEGES FOR ROLE firsthand IN SCHEMA public GRANT SELECT ON TABLES TO PUBLIC",
    "SET ROLE firsthand; CREATE TABLE answer_copy AS SELECT id, answered FROM answer_contact; RESET ROLE",
    who=("learn",),
)
# Things that show what their owner may see
statements(
    "a view of the notes, owned by who passes by",
    "CREATE VIEW answer_overview AS SELECT id, words FROM protect_note",
    "GRANT SELECT ON answer_overview TO firsthand_learn",
    who=("learn",),
)
statements(
    "a materialised view of the notes",
    "CREATE MATERIALIZED VIEW measure_notes AS SELECT purpose, words FROM protect_note",
    "GRANT SELECT ON measure_notes TO PUBLIC",
    who=("outreach",),
)
statements(
    "a function with the owner's rights that returns notes",
    "CREATE FUNCTION protect_last_words(of_member bigint) RETURNS SETOF text LANGUAGE sql SECURITY DEFINER"
    " SET search_path = public AS $$ SELECT words FROM protect_note WHERE member_id = of_member $$",
    who=("outreach",),
)
statements(
    "a function with the owner's rights that looks where the caller says",
    "GRANT TEMPORARY ON DATABASE {database} TO PUBLIC",
    "CREATE FUNCTION protect_phone_of(of_member bigint) RETURNS SETOF text LANGUAGE plpgsql SECURITY DEFINER AS $$"
    " BEGIN RETURN QUERY EXECUTE 'SELECT words FROM protect_note WHERE EXISTS"
    " (SELECT FROM members_member m WHERE m.number = ''a'')'; END $$",
    who=("learn",),
)
statements(
    "who looked is told without a token",
    "CREATE OR REPLACE FUNCTION protect_who_looked(reader bigint, of_member bigint) RETURNS SETOF protect_read"
    " LANGUAGE plpgsql STABLE SECURITY DEFINER AS"
    " $$ BEGIN RETURN QUERY SELECT r.* FROM protect_read r WHERE r.member_id = of_member; END $$",
    who=("front",),
)
statements(
    "a function that runs what it is given",
    "CREATE FUNCTION plan_count(which text) RETURNS text LANGUAGE plpgsql SECURITY DEFINER AS $$ DECLARE v text;"
    " BEGIN SELECT string_agg(words, which) INTO v FROM protect_note; RETURN v; END $$",
    who=("learn",),
)
statements(
    "a leaky function is trusted",
    "CREATE FUNCTION said(text) RETURNS boolean LANGUAGE plpgsql LEAKPROOF COST 0.0001 AS"
    " $$ BEGIN RAISE NOTICE '%', $1; RETURN true; END $$",
    who=("front",),
)
statements(
    "an error that quotes the row",
    "CREATE FUNCTION learn_check(of_member bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN"
    " PERFORM words::integer FROM protect_note WHERE member_id = of_member; END $$",
    who=("learn",),
)
# Statements that are under way
statements(
    "sessions read each other's statements",
    "ALTER ROLE firsthand_front SET track_activities = on",
    undo="ALTER ROLE firsthand_front RESET track_activities",
    who=("front",),
    busy=True,
)
# At rest
statements(
    "a note is copied into a column to search by",
    "ALTER TABLE answer_contact ADD COLUMN lexemes tsvector",
    "UPDATE answer_contact c SET lexemes = to_tsvector('simple', n.words) FROM protect_note n"
    " WHERE n.contact_id = c.id",
    parts=("logs",),
)
statements(
    "a word in the outbox",
    "INSERT INTO live_outbox (topic, message) SELECT 'desk', to_jsonb(words) FROM protect_note LIMIT 1",
    parts=("logs",),
)
statements(
    "a word in the journal",
    "INSERT INTO journal_entry (verb, kind, object_id, details)"
    " SELECT 'looked', 'protect.note', id::text, jsonb_build_object('words', words) FROM protect_note LIMIT 1",
    parts=("logs",),
)


def reading(function: str, change: Callable[[str], str]) -> Plant:
    """A function that reads the token, with other words."""

    def plant(plain: Plain) -> Iterator[None]:
        row = plain.execute(f"SELECT pg_get_functiondef('{function}'::regproc)")
        assert row is not None
        changed = change(row[0])
        assert changed != row[0], "the function has other words now: look at this fault again"
        plain.execute(changed)
        yield

    return plant


TOKENS: dict[str, tuple[str, Callable[[str], str]]] = {
    "the MAC is not checked": (
        "protect_shown",
        lambda words: words.replace(
            "split_part(token, '|', -1)) IS NOT TRUE THEN",
            "split_part(token, '|', -1)) IS NOT TRUE AND false THEN",
        ),
    ),
    "the MAC is compared like a pattern": (
        "protect_shown",
        lambda words: words.replace(
            "= split_part(token, '|', -1)) IS NOT TRUE", "LIKE split_part(token, '|', -1)) IS NOT TRUE"
        ).replace("left(token, -65)", "regexp_replace(token, '[|][^|]*$', '')"),
    ),
    "the end is not checked": (
        "protect_shown",
        lambda words: words.replace("IF part[5]::float8 <", "IF false AND part[5]::float8 <"),
    ),
    "a closed file stays open": (
        "protect_shown",
        lambda words: words.replace(
            "AND g.closed_at IS NULL",
            "ORDER BY contact_id IS DISTINCT FROM nullif(part[3], '')::bigint LIMIT 1",
        ),
    ),
    "the contact is not checked": (
        "protect_shown",
        lambda words: words.replace("its_contact IS DISTINCT FROM nullif(part[3], '') OR", ""),
    ),
    "the person is not checked": (
        "protect_shown",
        lambda words: words.replace(
            "WHERE g.person_id = actor AND", "WHERE g.contact_id = nullif(part[3], '')::bigint AND"
        ),
    ),
    "the member of the token is the file": (
        "protect_shown",
        lambda words: words.replace(
            "RETURN string_to", "file := coalesce(nullif(part[4], ''), file); RETURN string_to"
        ),
    ),
    "any purpose shows the file": (
        "protect_shown",
        lambda words: words.replace("replace(part[1]", "replace(',kvg_a:,vvg_b:' || part[1]"),
    ),
}
for name, (function, change) in TOKENS.items():
    FAULTS[name] = Fault(contextmanager(reading(function, change)), ("sql",), ("front",))


# In the code that serves
@fault("orm", who=("front",))
def a_token_outlives_its_block(plain: Plain) -> Iterator[None]:
    from firsthand.protect import wall

    session = wall.ENTER.replace("%s, true)", "%s, false)")
    with mock.patch.object(wall, "ENTER", session), mock.patch.object(wall, "_leave"):
        yield


@fault("orm", who=("front",))
def the_pool_does_not_clean_a_session(plain: Plain) -> Iterator[None]:
    """`clean` is what the pool was made with: so its words are changed, not its name."""
    from firsthand.config import database

    words = database.clean.__code__
    database.clean.__code__ = (lambda connection: None).__code__
    try:
        yield
    finally:
        database.clean.__code__ = words


@contextmanager
def _page(name: str, view: Callable[..., HttpResponse]) -> Iterator[None]:
    from firsthand.config.attack import pages

    with mock.patch.object(pages._pattern(name), "callback", view):
        yield


def _note(whose: str) -> str:
    from firsthand.config.attack import place

    with place.connect() as plain:
        row = plain.execute(
            "SELECT words FROM protect_note n JOIN members_member m ON m.id = member_id"
            " ORDER BY m.id = 2 DESC LIMIT 1"
        ).fetchone()
    return f"{whose} {row[0] if row else ''}"


@fault("pages", who=("stranger",), pages="answer:desk")
def a_page_shows_anothers_note(plain: Plain) -> Iterator[None]:
    with _page("answer:desk", lambda request, **more: HttpResponse(_note("note"))):
        yield


@fault("pages", who=("nobody",), pages="plan:overview")
def a_letter_is_shown_to_who_is_not_signed_in(plain: Plain) -> Iterator[None]:
    from firsthand.plan.models import Letter

    with _page("plan:overview", lambda request, **more: HttpResponse(Letter.objects.get().words)):
        yield


@fault("pages", who=("organiser",), pages="protect:looks_csv")
def an_export_asks_for_no_role(plain: Plain) -> Iterator[None]:
    from firsthand.members.models import Member
    from firsthand.protect.views import looking

    def hand_over(request: HttpRequest, member: int, form: str) -> HttpResponse:
        return HttpResponse(Member.objects.get(pk=member).name)

    assert looking.hand_over
    with _page("protect:looks_csv", hand_over):
        yield


@fault("pages", who=("nobody",), pages="answer:wall")
def a_redirect_carries_a_name(plain: Plain) -> Iterator[None]:
    def wall(request: HttpRequest) -> HttpResponse:
        return HttpResponse(status=302, headers={"Location": f"/?who={_note('')}"})

    with _page("answer:wall", wall):
        yield


@fault("pages", who=("stranger",), pages="know:find")
def a_cookie_carries_what_was_typed(plain: Plain) -> Iterator[None]:
    def find(request: HttpRequest) -> HttpResponse:
        response = HttpResponse("found")
        response.set_cookie("last", request.POST.get("words", ""))
        return response

    with _page("know:find", find):
        yield


@fault("pages", who=("nobody",), pages="know:find")
def an_error_page_quotes_the_database(plain: Plain) -> Iterator[None]:
    from firsthand.config import urls
    from firsthand.ui import errors

    def failed(request: HttpRequest) -> HttpResponse:
        return HttpResponse(f"Sorry: {_note('duplicate key')}", status=500)

    assert errors.failed
    with mock.patch.object(urls, "handler500", failed):
        yield


@fault("pages", who=("stranger",), pages="learn:newest")
def a_word_in_a_session(plain: Plain) -> Iterator[None]:
    def newest(request: HttpRequest) -> HttpResponse:
        request.session["draft"] = request.POST.get("words") or "nothing"
        return HttpResponse("newest")

    with _page("learn:newest", newest):
        yield


@fault("pages", who=("stranger",), pages="learn:board")
def a_word_in_the_cache(plain: Plain) -> Iterator[None]:
    def board(request: HttpRequest) -> HttpResponse:
        cache.set("board", request.POST.get("words") or "nothing")
        return HttpResponse("board")

    with _page("learn:board", board):
        yield


@fault("pages", "logs", who=("stranger",), pages="voice:mine")
def a_word_in_the_log(plain: Plain) -> Iterator[None]:
    def mine(request: HttpRequest) -> HttpResponse:
        logging.getLogger("firsthand.voice").info("noted: %s", request.POST.get("words", ""))
        return HttpResponse("mine")

    with _page("voice:mine", mine):
        yield


@fault("logs")
def a_word_in_a_mail_that_is_kept(plain: Plain) -> Iterator[None]:
    from pathlib import Path

    from django.conf import settings

    path = Path(settings.EMAIL_FILE_PATH) / "1.log"
    path.parent.mkdir(exist_ok=True)
    path.write_text(_note("Dear"))
    try:
        yield
    finally:
        path.unlink()


@fault("logs")
def a_command_prints_a_word(plain: Plain) -> Iterator[None]:
    from firsthand.cli import doctor

    with mock.patch.object(doctor, "run", side_effect=lambda given: print(_note("doctor"))):
        yield


statements(
    "a policy asks for the keys of any row",
    "DROP POLICY seen ON protect_note",
    "CREATE POLICY seen ON protect_note FOR SELECT TO firsthand_front USING"
    " ((SELECT protect_shown()) IS NOT NULL)",
    who=("front",),
)

# A file opens for whom it was signed for
statements("a file opens without a token", "DROP TRIGGER grant_is_signed ON protect_grant", who=("front",))

statements(
    "a wake-up carries a word",
    "CREATE FUNCTION live_tell() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN"
    " PERFORM pg_notify('firsthand_live', (SELECT words FROM protect_note LIMIT 1)); RETURN NULL; END $$",
    "CREATE TRIGGER tell AFTER INSERT ON live_outbox EXECUTE FUNCTION live_tell()",
    parts=("stream",),
)


@fault("stream")
def a_topic_is_heard_without_its_readers_name(plain: Plain) -> Iterator[None]:
    from firsthand.live import topics

    with mock.patch.object(
        topics, "opened", side_effect=lambda token, reader: (token.partition("~")[0], reader)
    ):
        yield
