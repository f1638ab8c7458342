"""One settings file, read from the environment; every value has a default that works on a laptop."""

from pathlib import Path

from csp.constants import NONE, SELF

from firsthand.config import env
from firsthand.config.database import databases, home
from firsthand.config.secret import secret_key

PACKAGE = Path(__file__).resolve().parent.parent
ROOMS = [
    "journal", "live", "ui", "people", "members", "know", "voice", "protect", "plan", "train", "answer", "learn", "home",
]  # fmt: skip

HOME = home()
SECRET_KEY = env.text("FIRSTHAND_SECRET") or secret_key(HOME)
DEBUG = env.flag("FIRSTHAND_DEBUG")
# Demo mode shows who one may be, with one click. Never on an installation that holds real people.
DEMO = env.flag("FIRSTHAND_DEMO")
# The address people type. Everything that is stricter over https follows from it.
ADDRESS = env.text("FIRSTHAND_ADDRESS", "http://localhost:8000")
HTTPS = ADDRESS.startswith("https://")
ALLOWED_HOSTS = env.words("FIRSTHAND_HOSTS", "localhost,127.0.0.1,[::1],testserver")
CSRF_TRUSTED_ORIGINS = [ADDRESS]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
    "procrastinate.contrib.django",
    *[f"firsthand.{room}" for room in ROOMS],
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "firsthand.ui.middleware.ShowRefusal",
]
FORM_RENDERER = "firsthand.ui.forms.House"
ROOT_URLCONF = "firsthand.config.urls"
ASGI_APPLICATION = "firsthand.config.asgi.application"
DATABASES = databases()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "ui" / "templates"],  # before allauth's own
        "OPTIONS": {
            "builtins": [
                "firsthand.ui.templatetags.ui",
                "firsthand.live.templatetags.live",
                "template_partials.templatetags.partials",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django.templatetags.l10n",
                "django_htmx.templatetags.django_htmx",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
        },
    }
]

# People and sign-in
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]

# The insurer's country: its catalogue of concerns, its telephone numbers. CH or DE.
COUNTRY = env.text("FIRSTHAND_COUNTRY", "CH")

# Languages
LANGUAGE_CODE = "de-ch"
LANGUAGES = [
    ("de-ch", "Deutsch (Schweiz)"),
    ("de", "Deutsch"),
    ("fr", "Français"),
    ("it", "Italiano"),
    ("en", "English"),
]
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = ["firsthand.locale.formats"]
USE_TZ = True
TIME_ZONE = env.text("FIRSTHAND_ZONE", "Europe/Zurich")

# Files
STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

# What a browser may do
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF, "blob:"],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
