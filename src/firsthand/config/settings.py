"""One settings file, read from the environment; every value has a default that works on a laptop."""

from pathlib import Path

from csp.constants import NONE, SELF

from firsthand.config import env, oidc
from firsthand.config.database import databases
from firsthand.config.home import home, make
from firsthand.config.secret import secret_key

PACKAGE = Path(__file__).resolve().parent.parent
ROOMS = [
    "journal", "live", "ui", "people", "members", "know", "voice", "protect", "plan", "train", "answer", "learn", "home",
]  # fmt: skip

HOME = make(home())
SECRET_KEY = env.text("FIRSTHAND_SECRET") or secret_key(HOME)
DEBUG = env.flag("FIRSTHAND_DEBUG")
# Demo mode shows who one may be, with one click. Never on an installation that holds real people.
DEMO = env.flag("FIRSTHAND_DEMO")
# The address people type. Everything that is stricter over https follows from it.
ADDRESS = env.text("FIRSTHAND_ADDRESS", "http://localhost:8000")
HTTPS = ADDRESS.startswith("https://")
ALLOWED_HOSTS = env.words("FIRSTHAND_HOSTS", "localhost,127.0.0.1,[::1],testserver")
CSRF_TRUSTED_ORIGINS = [ADDRESS]

# A relay for sound (docs/guide/voice.md). Once it is set, customers and helpers never learn each other's address.
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
CSRF_FAILURE_VIEW = "firsthand.ui.errors.stale"
LOCK_MINUTES = env.number("FIRSTHAND_LOCK_MINUTES", 15)
INVITATION_DAYS = env.number("FIRSTHAND_INVITATION_DAYS", 7)

# Nobody signs up: people are invited. Their address was vouched for by the organiser who invited them.
ACCOUNT_ADAPTER = "firsthand.people.adapters.Account"
ACCOUNT_FORMS = {"login": "firsthand.people.forms.SignIn"}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False  # signed out when the browser closes
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
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
COUNTRY = env.text("FIRSTHAND_COUNTRY", "CH")

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
