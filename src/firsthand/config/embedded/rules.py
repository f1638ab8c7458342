"""How our server is set: who may enter (peers only), what it may log (no value ever), how it is tuned."""

import os
from pathlib import Path

import psutil

from firsthand.config import logins
from firsthand.config.embedded.owner import Owner
from firsthand.config.embedded.places import Places

ADMINISTRATOR = "postgres"  # makes databases and roles, nothing else uses it
ROLES = (ADMINISTRATOR, logins.OWNER, *logins.SERVING)

# A statement carries its values in its text. So the server logs neither statements, nor errors, nor details:
# what an error means is logged by the application, without values.
LOG = {
    "logging_collector": "on",
    "log_directory": "log",
    "log_filename": "postgresql-%a.log",  # seven files, one for each day of the week
    "log_file_mode": "0600",
    "log_rotation_age": "1d",
    "log_rotation_size": "0",
    "log_truncate_on_rotation": "on",
    "log_line_prefix": "%m [%p] %q%a ",
    "log_min_messages": "log",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_min_error_statement": "panic",
    "log_min_duration_statement": "-1",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_lock_waits": "on",
    # Others of the same login could read a statement that is under way: its words, and the token of the wall.
    "track_activities": "off",
}
SPEED = {
    "max_connections": "200",
    "work_mem": "8MB",
    "wal_compression": "pglz",
    "random_page_cost": "1.1",
    "max_parallel_workers_per_gather": "0",  # pages are short; containers have little shared memory for more
    "autovacuum_naptime": "10s",  # seats and contacts are updated all day
    "autovacuum_vacuum_scale_factor": "0.05",
    "autovacuum_analyze_scale_factor": "0.02",
    "autovacuum_vacuum_cost_limit": "2000",
    "idle_in_transaction_session_timeout": "60s",
    "client_connection_check_interval": "10s",
}
FORGETFUL = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "autovacuum": "off"}


def write(places: Places, owner: Owner) -> None:
    """Written before each start: an update of Firsthand brings its settings. Own ones go into mine.conf."""
    places.rules.mkdir(mode=0o755, exist_ok=True)
    files = {
        "postgresql.conf": configuration(places),
        "pg_hba.conf": hba(places),
        "pg_ident.conf": "".join(f'firsthand "{login}" {role}\n' for login in owner.logins for role in ROLES),
    }
    for name, text in files.items():
        _replace(places.rules / name, text)


def hba(places: Places) -> str:
    """One line for each role, by the name of the system's user, and no other way in. Tests make databases."""
    database = "all" if places.forgetful else logins.DATABASE
    lines = [f"local all {ADMINISTRATOR} peer map=firsthand"]
    lines += [f"local {database} {role} peer map=firsthand" for role in (logins.OWNER, *logins.SERVING)]
    lines += [f"local replication {ADMINISTRATOR} peer map=firsthand"]
    return "\n".join([*lines, "local all all reject", "host all all all reject", ""])


def configuration(places: Places) -> str:
    settings = {
        "data_directory": str(places.data),
        "hba_file": str(places.rules / "pg_hba.conf"),
        "ident_file": str(places.rules / "pg_ident.conf"),
        "listen_addresses": "",
        "unix_socket_directories": f'"{places.socket}"',
        "unix_socket_permissions": "0700",
        "timezone": "UTC",
        "default_text_search_config": "pg_catalog.german",
        **_memory(),
        **SPEED,
        **LOG,
        **(FORGETFUL if places.forgetful else {}),
    }
    lines = [f"{name} = '{_quoted(value)}'" for name, value in settings.items()]
    return "\n".join([*lines, "include_if_exists = 'mine.conf'", ""])


def _memory() -> dict[str, str]:
    total = psutil.virtual_memory().total // 2**20
    share = min(max(total // 8, 64), 1024)
    return {"shared_buffers": f"{share}MB", "effective_cache_size": f"{max(total // 2, 128)}MB"}


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "''")


def _replace(path: Path, text: str) -> None:
    new = path.with_name(f".{path.name}.new")
    new.write_text(text, encoding="utf-8")
    new.chmod(0o644)
    os.replace(new, path)
