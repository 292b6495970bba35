"""Settings, read from the environment; the defaults run on one machine with SQLite."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from croisee_web.kit.disk import keep_once

HOME = Path(os.environ.get("CROISEE_HOME", Path.cwd() / "croisee-web")).resolve()
"""Where the database and the published files live."""

DEBUG = False
"""Never: its pages would show what a study holds."""
HTTPS = os.environ.get("CROISEE_HTTPS") == "1"
"""Whether a proxy in front answers in HTTPS, and says so in ``X-Forwarded-Proto`` and ``-For``."""


def _secret() -> str:
    """Return the site's secret, made once and kept in ``CROISEE_HOME``, readable by its owner.

    Reading the settings writes nothing where there is no site yet: that secret lasts a process.
    """
    given = os.environ.get("CROISEE_SECRET_KEY")
    if given:
        return given
    kept = HOME / "secret.txt"
    if not HOME.is_dir():
        return secrets.token_urlsafe(50)
    return keep_once(kept, lambda: secrets.token_urlsafe(50).encode()).decode("ascii")


def database_at(url: str) -> dict[str, Any]:
    """Return Django's settings for ``postgresql://…``, or for SQLite when no address is given.

    SQLite writes with ``synchronous=FULL``: with NORMAL, acknowledged rows are lost in a
    power cut. Transactions are IMMEDIATE so that a writer waits instead of failing.
    """
    if not url:
        return {
            "ENGINE": "croisee_web.kit.sqlite_in_turn",
            "NAME": HOME / "croisee.sqlite3",
            "CONN_MAX_AGE": 600,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                    "PRAGMA secure_delete=ON;"
                ),
            },
        }
    parts = urlsplit(url)
    socket = parse_qs(parts.query).get("host", [""])[0]
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or socket,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
    }


SECRET_KEY = _secret()
ALLOWED_HOSTS = os.environ.get("CROISEE_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
DATABASES = {"default": database_at(os.environ.get("DATABASE_URL", ""))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "croisee_web.config",
    "croisee_web.upkeep",
    "croisee_web.exchange",
    "croisee_web.report",
    "croisee_web.disclosure",
    "croisee_web.analysis",
    "croisee_web.coding",
    "croisee_web.corpus",
    "croisee_web.fieldwork",
    "croisee_web.collection",
    "croisee_web.instruments",
    "croisee_web.people",
    "croisee_web.study",
    "croisee_web.access",
    "croisee_web.journal",
    "croisee_web.jobs",
    "croisee_web.kit",
]
MIDDLEWARE = [
    "croisee_web.kit.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "croisee_web.collection.views.device_door.DeviceDoorMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "croisee_web.access.views.sessions.SessionMiddleware",
    "croisee_web.kit.refusals.RefusalMiddleware",
]
ROOT_URLCONF = "croisee_web.config.urls"
WSGI_APPLICATION = "croisee_web.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "croisee_web.kit.context.site",
            ]
        },
    }
]

AUTH_USER_MODEL = "access.Account"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
SESSION_COOKIE_AGE = 12 * 60 * 60
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
]

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).parent.parent / "locale"]
TIME_ZONE = os.environ.get("CROISEE_TIMEZONE", "America/Toronto")
USE_TZ = True

STATIC_URL = "/statique/"
WHITENOISE_USE_FINDERS = True
"""Our own style sheet is served from the package: nothing to collect."""
PUBLISHED_ROOT = HOME / "diffusions"
"""One folder a published report: a copy of its ``diffusion/``."""

SOURCE_URL = os.environ.get("CROISEE_SOURCE_URL", "https://pypi.org/project/croisee/")
"""Where this site's source is offered, as the AGPL asks."""

PUBLIC_ADDRESS = os.environ.get("CROISEE_ADDRESS", "")
"""How the site is reached from outside: mailed links begin with it. Empty: as the page asked."""


def _mail(address: str) -> dict[str, Any]:
    """Return Django's mail settings for ``smtp://user:password@host:587`` or ``smtps://…:465``.

    Without an address, each mail is a file of ``courriels/``: somebody can carry it.
    """
    if not address:
        return {
            "EMAIL_BACKEND": "croisee_web.kit.letters.LetterFiles",
            "EMAIL_FILE_PATH": HOME / "courriels",
        }
    parts = urlsplit(address)
    return {
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and bool(parts.username),
        "EMAIL_TIMEOUT": 20,
    }


globals().update(_mail(os.environ.get("CROISEE_SMTP", "")))
DEFAULT_FROM_EMAIL = os.environ.get("CROISEE_MAIL_FROM", "Croisée <croisee@localhost>")

KEYS_ROOT = Path(os.environ.get("CROISEE_KEYS", HOME / "cles")).resolve()
"""The vault's keys and the ledger of withdrawals: outside the database, backed up apart."""
STUDIES_ROOT = HOME / "etudes"
"""One folder a study: its Datasets, its release register, the results of its runs."""
FILES_ROOT = HOME / "fichiers"
"""Uploaded files, named by their digest."""

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
"""Nothing is said to other sites. With ``no-referrer``, Chromium hides the origin of our own forms
from us, and the check against forged requests refuses them all."""
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "croisee_web.kit.refusals.csrf_failure"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
"""A link in a mail opens a page signed in; a form from elsewhere does nothing."""
CSRF_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
if HTTPS:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^sante/$"]
    SECURE_HSTS_SECONDS = 2 * 365 * 24 * 3600
    CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if "[" not in host]
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
"""The site answers for its own name, not for the other names of its domain."""

UPLOAD_LIMIT = int(os.environ.get("CROISEE_UPLOAD_MB", "250")) * 1_000_000
"""The largest body read, in bytes."""
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
DATA_UPLOAD_MAX_NUMBER_FILES = 50
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"sparing": {"()": "croisee_web.kit.logs.SparingFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "sparing"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.server": {"handlers": [], "level": "ERROR", "propagate": False},
    },
}
