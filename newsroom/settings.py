"""Settings. What can be set from outside stands in docs/settings.md, and nowhere else is the
environment read.
"""

import os
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from newsroom import embedded_postgres, environment, folders

BASE_DIR = folders.PACKAGES
SITE_FILES = folders.find_site_files()
VAR = Path(os.environ.get("NEWSROOM_VAR") or folders.find_var())

DEBUG = environment.read_flag("DEBUG")
SECRET_KEY = environment.load_secret_key(VAR / "secret_key")
ALLOWED_HOSTS = environment.read_list("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = environment.read_list("CSRF_TRUSTED_ORIGINS", "")
HTTPS = environment.read_flag("HTTPS")
PROXIES = environment.read_number("NEWSROOM_PROXIES", "0")
# The folders within which feeds may lie.
FEED_FOLDERS = environment.read_list("NEWSROOM_FOLDERS", "") or [str(VAR / "inbox")]
# Whether all who reach the site may add articles, and not curators alone: so it is where the site
# serves nothing but this machine.
ANYBODY_MAY_ADD = environment.read_flag(
    "NEWSROOM_ANYBODY_MAY_ADD", "0" if os.environ.get("ALLOWED_HOSTS") else "1"
)

INSTALLED_APPS = [
    "claims.apps.ClaimsConfig",
    "newsroom",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "pgtrigger",
    "pghistory",
    "template_partials",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "procrastinate.contrib.django",
]
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "claims.api.headers.ApiHeadersMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "newsroom.time_limits.TimeLimitMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "newsroom.history.WhoAndWhyMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SITE_FILES / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# Without DATABASE_URL the embedded PostgreSQL starts by itself, at the first connection.
EMBEDDED_POSTGRES: Path | None = None
_database: dict[str, Any] = {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
if _database_url := os.environ.get("DATABASE_URL"):
    _database["ENGINE"] = "django.db.backends.postgresql"
    _database |= environment.read_database_url(_database_url)
else:
    EMBEDDED_POSTGRES = VAR / "postgres"
    _database["ENGINE"] = "newsroom.backend"
    _database |= embedded_postgres.PostgresServer(EMBEDDED_POSTGRES).build_settings()
DATABASES = {"default": _database}

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
OTP_TOTP_ISSUER = "Newsroom"
OTP_ADMIN_HIDE_SENSITIVE_DATA = True
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 1  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "newsroom.visitors.find_address"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [SITE_FILES / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# What one request may bring: bytes of files together, and how many files. Who sends more than may be
# handed in at once, but not more than this, is told so beside the field.
LARGEST_UPLOAD = 50_000_000
DATA_UPLOAD_MAX_NUMBER_FILES = 2000
FILE_UPLOAD_HANDLERS = [
    "newsroom.uploads.LimitedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0  # a year
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "claims.api.authentication.TokenAuthentication",
        "claims.api.authentication.SessionForWriting",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["claims.api.authentication.MayWrite"],
    "DEFAULT_THROTTLE_CLASSES": ["claims.api.limits.MinuteLimit"],
    "EXCEPTION_HANDLER": "claims.api.problems.answer_with_problem",
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,
    "DEFAULT_SCHEMA_CLASS": "claims.api.schema.OperationSchema",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Newsroom",
    "DESCRIPTION": (
        "Who said what in the news: attributed quotes, actors, claims, articles and outlets, to read"
        " without an account, and to correct with a token."
    ),
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "claims.api.schema.complete_schema",
    ],
    "ENUM_NAME_OVERRIDES": {
        "Kind": "claims.extraction.schema.KINDS",
        "ActorKind": "claims.extraction.schema.ACTOR_KINDS",
        "ArrivalState": "claims.models.ArrivalState",
        "DeliveryState": "claims.models.DeliveryState",
        "WebhookState": "claims.models.webhooks.WEBHOOK_STATES",
        "WantedState": "claims.models.webhooks.WANTED_STATES",
    },
}

# How many requests one network address, or one token, may make in a minute; 0: any number.
API_LIMIT = environment.read_number("NEWSROOM_API_LIMIT", "6000")
# Reading leaves nothing in the history, and so need not look at who is signed in.
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")

# Mail: files in a folder, until a server is named. Nothing but what followers asked for is sent.
_mail = environment.read_mail_settings(VAR / "mail", os.environ.get("NEWSROOM_MAIL", "").strip())
EMAIL_BACKEND = _mail.backend
EMAIL_FILE_PATH = _mail.file_path
EMAIL_HOST = _mail.host
EMAIL_PORT = _mail.port
EMAIL_HOST_USER = _mail.user
EMAIL_HOST_PASSWORD = _mail.password
EMAIL_USE_TLS = _mail.use_tls
EMAIL_USE_SSL = _mail.use_ssl
EMAIL_TIMEOUT = 20  # seconds
DEFAULT_FROM_EMAIL = environment.check_sender(
    "NEWSROOM_MAIL_FROM", os.environ.get("NEWSROOM_MAIL_FROM", "newsroom@localhost")
)
# What addresses in mails begin with; else as whoever asked for them reached the site.
SITE_ADDRESS = environment.check_site("NEWSROOM_SITE", os.environ.get("NEWSROOM_SITE", "").strip())
# Large files that workers make.
FILES_FOLDER = VAR / "files"

# Fetching: whether at all, what is let in although it is not public, and whom a site may write to.
FETCH = environment.read_flag("NEWSROOM_FETCH", "1")
FETCH_PRIVATE = environment.check_inner_hosts(
    "NEWSROOM_FETCH_PRIVATE", environment.read_list("NEWSROOM_FETCH_PRIVATE", "")
)
CONTACT = environment.check_contact(
    "NEWSROOM_CONTACT", os.environ.get("NEWSROOM_CONTACT", "").strip()
)

# Whether search engines may list the site; whom to tell of a hole in its security, and until when
# that holds.
INDEXED = environment.read_flag("NEWSROOM_INDEXED", "1")
SECURITY_CONTACT, SECURITY_EXPIRES = environment.check_security_contact(
    os.environ.get("NEWSROOM_SECURITY_CONTACT", "").strip(),
    os.environ.get("NEWSROOM_SECURITY_EXPIRES", "").strip(),
)

# What the site needs besides the database; `/readyz` looks.
NEEDED_FILES = [BASE_DIR / "claims" / "extraction" / "model" / "encoder.onnx"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
