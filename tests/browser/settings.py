"""The house's own settings, two addresses that only tests have, and the database of the tests."""

import os

from firsthand.config.settings import *  # noqa: F403

ROOT_URLCONF = "tests.browser.urls"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # Argon2 is slow on purpose

for place in DATABASES.values():  # noqa: F405
    place["NAME"] = os.environ["BROWSER_TEST_DATABASE"]
    if "HOME" in place:
        place["HOME"] = os.environ["BROWSER_TEST_CLUSTER"]
