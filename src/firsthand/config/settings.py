"""One settings file, read from the environment; every value has a default that works on a laptop."""

from pathlib import Path

from csp.constants import NONE, SELF

from firsthand.config import env, logs, mail, oidc
from firsthand.config.database import databases, parsed
from firsthand.config.home import home, make
from firsthand.config.hosts import hosts
from firsthand.config.secret import secret_key

PACKAGE = Path(__file__).resolve().parent.parent
ROOMS = [
    *("journal", "live", "ui", "people", "members", "know", "voice", "protect"),
    *("plan", "train", "answer", "learn", "home"),
]

HOME = make(home())
SECRET_KEY = secret_key(HOME, "secret", env.text("FIRSTHAND_SECRET"))
# Signs the tokens of the purpose wall (protect/wall.py); `firsthand prepare` tells it to the database.
WALL_KEY = secret_key(HOME, "wall-key", env.text("FIRSTHAND_WALL_KEY"))
# Wrap the keys of confidences (protect/keys.py), the current one first; without, they are files in HOME/keys.
KEYS = env.words("FIRSTHAND_KEYS")
DEBUG = env.flag("FIRSTHAND_DEBUG")
# Demo mode shows who one may be, with one click. Never on an installation that holds real people.
DEMO = env.flag("FIRSTHAND_DEMO")
# The address people type. Everything that is stricter over https follows from it.
ADDRESS = env.text("FIRSTHAND_ADDRESS", "http://localhost:8000")
HTTPS = ADDRESS.startswith("https://")
ALLOWED_HOSTS = hosts(ADDRESS, env.words("FIRSTHAND_HOSTS"))
CSRF_TRUSTED_ORIGINS = [ADDRESS]
# How many proxies of the insurer stand in front. Only what they add is believed: the reader's address, https.
PROXIES = env.number("FIRSTHAND_PROXIES", 0)

# A relay for sound (docs/guide/voice.md). With it, callers and helpers never learn each other's address.
TURN_URLS = env.words("FIRSTHAND_TURN_URLS")
TURN_SECRET = env.text("FIRSTHAND_TURN_SECRET")

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
    *oidc.apps(),
    "csp",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
    "procrastinate.contrib.django",
    "firsthand.config",
    *[f"firsthand.{room}" for room in ROOMS],
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "firsthand.ui.middleware.StaticFiles",
    "csp.middleware.CSPMiddleware",
    "firsthand.ui.middleware.KeepPrivate",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "firsthand.ui.middleware.HouseLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "firsthand.people.middleware.OwnLanguage",
    "firsthand.people.middleware.Lock",
    "firsthand.ui.middleware.ShowRefusal",
]
FORM_RENDERER = "firsthand.ui.forms.House"
ROOT_URLCONF = "firsthand.config.urls"
ASGI_APPLICATION = "firsthand.config.asgi.application"
DATABASES = databases()
# Past a pooler: LISTEN, jobs and locks need PostgreSQL itself. Empty = DATABASES is it.
DATABASE_DIRECT_URL = env.text("DATABASE_DIRECT_URL")
if DATABASE_DIRECT_URL:
    parsed(DATABASE_DIRECT_URL, "DATABASE_DIRECT_URL")
# Attempts to sign in are counted here: in the database, so that every process and every restart counts on.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "firsthand_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
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
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["name", "email"]},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 12 * 60 * 60  # a working day; how soon a page locks is LOCK_MINUTES
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-firsthand" if HTTPS else "sessionid"
CSRF_FAILURE_VIEW = "firsthand.ui.errors.stale"
LOCK_MINUTES = env.number("FIRSTHAND_LOCK_MINUTES", 15, least=1)
INVITATION_DAYS = env.number("FIRSTHAND_INVITATION_DAYS", 7, least=1)

# Nobody signs up: people are invited. Their address was vouched for by the organiser who invited them.
ACCOUNT_ADAPTER = "firsthand.people.adapters.Account"
ACCOUNT_FORMS = {"login": "firsthand.people.forms.SignIn"}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False  # signed out when the browser closes
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
MFA_ADAPTER = "firsthand.people.adapters.Keys"
MFA_FORMS = {"add_webauthn": "firsthand.people.forms.AddPasskey"}
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Firsthand"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # browsers allow it on localhost only
SOCIALACCOUNT_ADAPTER = "firsthand.people.adapters.Provider"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS = oidc.providers()

# The insurer's country: its catalogue of concerns, its telephone numbers. CH or DE.
COUNTRY = env.choice("FIRSTHAND_COUNTRY", "CH", ("CH", "DE"))
# Its canton or Land, whose public holidays it keeps: "ZH", "BY".
REGION = env.text("FIRSTHAND_REGION", {"CH": "ZH", "DE": "NW"}[COUNTRY])
# For whom consents are given, as it stands in the proof.
INSURER = env.text("FIRSTHAND_INSURER", "Firnlicht" if DEMO else "")

# Languages
LANGUAGE_CODE = "de-ch" if COUNTRY == "CH" else "de"
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
TIME_ZONE = env.zone("FIRSTHAND_ZONE", "Europe/Zurich")

# Files
STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

# Mail to colleagues (a new password, an invitation); without a server it is kept in HOME/mail
MAIL = mail.parsed(env.text("FIRSTHAND_MAIL"))
EMAIL_BACKEND = MAIL.backend
EMAIL_HOST, EMAIL_PORT = MAIL.host, MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL.starttls, MAIL.tls
EMAIL_TIMEOUT = 10
EMAIL_FILE_PATH = HOME / "mail"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("FIRSTHAND_MAIL_FROM", "firsthand@localhost")

# The technical log carries ids; error reports are sent to nobody
LOGGING = logs.config(
    env.choice("FIRSTHAND_LOG", "plain", ("plain", "json")),
    env.choice("FIRSTHAND_LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR")),
)
ADMINS: list[tuple[str, str]] = []
DEFAULT_EXCEPTION_REPORTER_FILTER = "django.views.debug.SafeExceptionReporterFilter"

# Https. A proxy in front turns http into https itself, so Django need not (W008).
if PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS and not DEMO else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# W004, W012, W016: follow from the address, see firsthand.W001. W005, W021: other hosts of the insurer.
SILENCED_SYSTEM_CHECKS = [f"security.W{number}" for number in ("004", "005", "008", "012", "016", "021")]

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
        "form-action": [SELF, *oidc.origins()],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
