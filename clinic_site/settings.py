"""All settings, read strictly from the environment (the table is in README.md)."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from clinic_site import env

BASE_DIR = Path(__file__).resolve().parent.parent

# --- What this installation is -------------------------------------------------------------
SITE_URL = env.site_url()
SITE_HOST = urlsplit(SITE_URL).hostname or ""
HTTPS = SITE_URL.startswith("https://")
IS_LOCAL = SITE_HOST in ("localhost", "127.0.0.1")
# Demonstration: fictional staff and content, a visible strip, and the sign-off gates open.
DEMO = env.boolean("DEMO")
DEBUG = False

# --- Secrets -------------------------------------------------------------------------------
SECRET_KEY = env.signing_key("SECRET_KEY")
SEAL_KEYS = env.keys("SEAL_KEYS")
SEARCH_KEY = env.key("SEARCH_KEY")

# --- HTTP ----------------------------------------------------------------------------------
ALLOWED_HOSTS = [SITE_HOST, *(("localhost", "127.0.0.1") if IS_LOCAL else ())]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "clinic_site.errors.csrf_failure"
TRUSTED_PROXY_COUNT = env.whole_number("TRUSTED_PROXY_COUNT", 0)
ROOT_URLCONF = "clinic_site.urls"
WSGI_APPLICATION = "clinic_site.wsgi.application"
APPEND_SLASH = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000

# Browsers keep Secure and __Host- cookies only over https (Chromium makes an exception for localhost).
_COOKIE_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{_COOKIE_PREFIX}staff"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# A working day, however busy (OWASP ASVS 5.0, 7.3.2), and a quarter of an hour without a sign of life
# (7.3.1; 45 CFR 164.312(a)(2)(iii), automatic logoff).
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_QUIET_SECONDS = 15 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# Not in a cookie: a sentence to staff may tell about a request.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_COOKIE_NAME = f"{_COOKIE_PREFIX}csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
# Gone with the browser window: a year-old cookie would tell that somebody once asked here.
CSRF_COOKIE_AGE = None
DRAFT_COOKIE_NAME = f"{_COOKIE_PREFIX}draft"

SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXY_COUNT else None
# Not in a trial on this machine: it would bind whatever else is developed on localhost.
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS and not IS_LOCAL else 0
# They bind every host below this one too, for a year, and a preload list for longer: the clinic decides.
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.boolean("HSTS_INCLUDE_SUBDOMAINS")
SECURE_HSTS_PRELOAD = env.boolean("HSTS_PRELOAD")
# Django's advice to set both: docs/how-to/deployment.md says what they bind.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_CONTENT_TYPE_NOSNIFF = True
# Not no-referrer: browsers would then send "Origin: null" with forms, which CSRF protection refuses.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

# --- Applications --------------------------------------------------------------------------
INSTALLED_APPS = [
    "modeltranslation",
    "clinic_site.apps.ClinicSiteConfig",
    "clinic_site.apps.ClinicAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "crispy_forms",
    "phonenumber_field",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "reversion",
    "procrastinate.contrib.django",
    "treatments",
    "booking",
]

MIDDLEWARE = [
    "clinic_site.middleware.security_headers",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "clinic_site.middleware.refuse_nul_bytes",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "clinic_site.middleware.language_from_path",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "clinic_site.middleware.ProveKeys",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "treatments.context_processors.clinic",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["clinic"]
CRISPY_TEMPLATE_PACK = "clinic"

# --- Database ------------------------------------------------------------------------------
# The application's own role owns no table; migrations run with DATABASE_URL set to the owner's.
DATABASES = {
    "default": {
        **env.postgres("DATABASE_URL"),
        "ATOMIC_REQUESTS": False,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,
    }
}
DATABASE_STATEMENT_TIMEOUT_MS = env.whole_number("DATABASE_STATEMENT_TIMEOUT_MS", 5000)
DATABASES["default"].setdefault("OPTIONS", {}).update(
    {
        "connect_timeout": 3,
        "keepalives_idle": 30,
        "tcp_user_timeout": 5000,
        "options": (
            f"-c statement_timeout={DATABASE_STATEMENT_TIMEOUT_MS} "
            "-c lock_timeout=2000 -c idle_in_transaction_session_timeout=10000"
        ),
    }
)
# The role that the owner grants the application's rights to, after migrating.
DATABASE_APP_ROLE = env.optional("DATABASE_APP_ROLE")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Sign-in throttles count across processes, so they live in the one database.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "throttle_counters"}
}
# Where the last known phone number and hours are kept for pages shown while the database is down.
CLINIC_SNAPSHOT_PATH = env.optional("CLINIC_SNAPSHOT_PATH")

# --- Staff sign-in -------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = ["clinic_site.accounts.backend.RolesBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},  # OWASP ASVS 5.0, 6.2.1
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
ACCOUNT_ADAPTER = "clinic_site.accounts.adapter.StaffAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
# Staff sign in over https alone, except on this machine.
ADMIN_OPEN = HTTPS or IS_LOCAL
# 45 CFR 164.312(d): a password alone opens nothing but a demonstration on this machine.
SECOND_FACTOR_REQUIRED = not (DEMO and IS_LOCAL)
MFA_ADAPTER = "clinic_site.accounts.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_WEBAUTHN_USER_VERIFICATION = "preferred"
# Accounts are made by a manager, so that an address is known without a mail that confirms it.
MFA_ALLOW_UNVERIFIED_EMAIL = True

# --- Mail and jobs -------------------------------------------------------------------------
# smtp+tls://user:password@host:587 delivers; without it, mail is written to files under MAIL_DIR.
_mail = env.mail("EMAIL_URL", "MAIL_DIR")
EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
EMAIL_FILE_PATH = _mail["EMAIL_FILE_PATH"]
EMAIL_HOST = _mail.get("EMAIL_HOST", "")
EMAIL_PORT = _mail.get("EMAIL_PORT")
EMAIL_HOST_USER = _mail.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = _mail.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = _mail.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _mail.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10
# Neutral on purpose: a pain clinic's name alone would tell something about the person who gets the mail.
DEFAULT_FROM_EMAIL = env.required("MAIL_FROM")
STAFF_EMAIL = env.required("STAFF_EMAIL")
# Who hears of a weakness in this site; printed in security.txt.
SECURITY_CONTACT = env.optional("SECURITY_CONTACT")
PROCRASTINATE_ON_APP_READY = None
PROCRASTINATE_IMPORT_PATHS = ["booking.tasks", "treatments.tasks"]
# A worker that was away at a periodic job's time does it when it is back, also the weekly one.
PROCRASTINATE_PERIODIC_DEFAULTS = {"max_delay": 7 * 24 * 60 * 60}

# --- Languages and time --------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("en",)
FORMAT_MODULE_PATH = ["clinic_site.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
PHONENUMBER_DEFAULT_REGION = "US"
PHONENUMBER_DB_FORMAT = "E164"

# --- Static files --------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = env.optional("STATIC_ROOT") or BASE_DIR / "var" / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_ALLOW_ALL_ORIGINS = False

# --- Logs: one line each, no query strings, no values ---------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "clinic_site.logs.OneLine"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.optional("LOG_LEVEL", "WARNING").upper()},
    "loggers": {"django": {"handlers": [], "propagate": True}},
}
