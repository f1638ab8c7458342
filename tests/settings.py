"""The house's own settings on a throw-away database that need not survive a power cut.

The environment is set before the settings are read: in conftest.py it would be too late.
"""

import os
import tempfile
from pathlib import Path

os.environ.setdefault(
    "FIRSTHAND_HOME",
    os.environ.get(
        "FIRSTHAND_TEST_HOME", str(Path(tempfile.gettempdir()) / f"firsthand-tests-{os.geteuid()}")
    ),
)
os.environ.setdefault("FIRSTHAND_FORGETFUL", "1")
# Test processes share the cores. On small matrices the threads of each would only wait for one another, busily.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from hypothesis import settings as hypothesis

from firsthand.config import catalogues
from firsthand.config.settings import *  # noqa: F403

catalogues.compile_stale()
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}  # also where no database is

for place in DATABASES.values():  # noqa: F405
    place["OPTIONS"].pop("pool", None)  # each test has one connection, closed with it
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # Argon2 is slow on purpose
# Nothing is timed in a test, and the first call of compiled arithmetic takes its second.
hypothesis.register_profile("house", deadline=None)
hypothesis.load_profile("house")
