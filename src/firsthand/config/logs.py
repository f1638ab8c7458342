"""The technical log carries ids, never a name, a number or a word of a caller.

The message of an exception may quote what somebody typed, and the path of a request what somebody looked for.
So an exception is logged as its class and the lines it came through, and a request as the route that it met.
"""

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import SuspiciousOperation

PLAIN = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "request", "taskName"}


class Words(logging.Formatter):
    """One line for a person at the terminal."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).astimezone()
        more = "".join(f" {name}={value}" for name, value in extras(record).items())
        line = f"{at:%H:%M:%S} {record.levelname.lower()} {record.name}: {message(record)}{more}"
        return "\n".join([line, *trace(record)])


class Json(logging.Formatter):
    """One object a line, for a machine that collects them."""

    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": message(record),
            **extras(record),
        }
        if lines := trace(record):
            entry["trace"] = lines
        return json.dumps(entry, ensure_ascii=False, default=str)


def message(record: logging.LogRecord) -> str:
    """Django puts the path into its messages; the route says as much without what was typed into it."""
    request = getattr(record, "request", None)
    if request is None or not hasattr(request, "method"):
        return _sentence(record)
    match = getattr(request, "resolver_match", None)
    return (
        f"{getattr(record, 'status_code', '')} {request.method} {match.route if match else '(no such page)'}"
    )


def _sentence(record: logging.LogRecord) -> str:
    """Django quotes an exception of a hook after a commit in its sentence: its class stands there instead."""
    if not isinstance(record.args, tuple):
        return record.getMessage()
    told = tuple(kind(arg) if isinstance(arg, BaseException) else arg for arg in record.args)
    return str(record.msg) % told if told else str(record.msg)


def extras(record: logging.LogRecord) -> dict[str, Any]:
    """What the call gave as `extra`, when it is an id or a code."""
    found = {
        name: value for name, value in vars(record).items() if name not in PLAIN and name != "status_code"
    }
    return {name: value for name, value in found.items() if isinstance(value, str | int | float | bool)}


def trace(record: logging.LogRecord) -> list[str]:
    if not record.exc_info or record.exc_info[1] is None:
        return []
    error = record.exc_info[1]
    # A database out of reach, or a request for another host: every page can meet it, the lines say nothing.
    if getattr(record, "status_code", 0) == 503 or isinstance(error, SuspiciousOperation):
        return [f"  {kind(error)}"]
    lines = [
        f"  {frame.filename}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    return [*lines, f"  {kind(error)}"]


def kind(error: BaseException) -> str:
    """Its class; of a database error also the code, the table and the constraint, never its detail."""
    cause = error.__cause__ if error.__cause__ is not None else error
    diagnosis = getattr(cause, "diag", None)
    known = [getattr(diagnosis, part, None) for part in ("sqlstate", "table_name", "constraint_name")]
    return " ".join([type(error).__qualname__, *(part for part in known if part)])


def config(form: str, level: str) -> dict[str, Any]:
    formatter = "firsthand.config.logs.Json" if form == "json" else "firsthand.config.logs.Words"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"house": {"()": formatter}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "house"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            "django.server": {"handlers": [], "propagate": True},
            # A page that is not there, or not for this person, is an everyday answer.
            "django.request": {"level": "ERROR"},
            "psycopg.pool": {"level": "ERROR"},
            "procrastinate": {"level": "WARNING"},
            "_granian": {"level": "WARNING"},
        },
    }
