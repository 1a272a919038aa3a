"""Django settings, made from the table in `options`; nothing else is read from the environment."""

import secrets
from pathlib import Path
from typing import Any

from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from aperto.config import options
from aperto.config.database import databases
from aperto.config.logs import logging_for
from aperto.config.mail import mailers
from aperto.config.storage import storage

PACKAGE = Path(__file__).resolve().parent.parent
DATA_DIR = options.DATA.read()
DEBUG = options.DEBUG.read()


def secret_key() -> str:
    """The key of the environment, else the one kept in the data folder, else one for this process alone."""
    given = options.SECRET_KEY.read()
    kept = DATA_DIR / "secret_key"
    if given:
        return given
    return kept.read_text(encoding="ascii").strip() if kept.is_file() else secrets.token_urlsafe(50)


SECRET_KEY = secret_key()
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *options.HOSTS.read()]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.saml",
    "aperto.kernel",
    "aperto.crm",
    "aperto.sales",
    "aperto.transfer",
    "aperto.packs",
    "aperto.api",
    "aperto.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "aperto.web.compression.CompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "aperto.web.middleware.ViewerMiddleware",
    "aperto.web.installed.keeping.KeepingMiddleware",
    "aperto.web.people.sign_on.rules.SignInRulesMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],  # before those of the libraries, whose pages look like ours
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.csp",
                "aperto.web.shell.context",
            ],
        },
    }
]

ROOT_URLCONF = "aperto.config.urls"
WSGI_APPLICATION = "aperto.config.wsgi.application"
DATABASES = databases(options.DATABASE_URL.read(), DATA_DIR)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "kernel.User"

CSRF_FAILURE_VIEW = "aperto.web.errors.pages.csrf_failure"

SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF, CSP.NONCE],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = options.HTTPS.read()
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in options.HOSTS.read()] if options.HTTPS.read() else []
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if options.PROXY.read() else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if options.HTTPS.read() else 0
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "aperto.kernel.access.session_engine"

# Where pages hear what others change ("" for nowhere); a port of its own is another origin.
LIVE = options.LIVE.read().removeprefix("no")
if LIVE.startswith(":"):
    named = [host for host in ALLOWED_HOSTS if host[:1] not in {"[", "*", "."}]
    SECURE_CSP["connect-src"] = [CSP.SELF, *(f"http://{host}{LIVE}" for host in named)]

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("nl", _("Dutch")), ("pt", _("Portuguese")), ("fr", _("French"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# What all web processes count together: attempts to sign in.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "kernel_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": storage(options.FILES.read(), options.FILES_KEY.read(), options.FILES_SECRET.read()),
    "staticfiles": {"BACKEND": "aperto.config.static.HashedStorage"},
}
WHITENOISE_MAX_AGE = 3600  # of the few files without a hash in their name; the others keep for ever
MEDIA_ROOT = DATA_DIR / "files"
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = options.UPLOAD.read() * 1024 * 1024
FILE_LINKS = options.FILE_LINKS.read() and bool(options.FILES.read())
FILE_SCANNER = options.FILE_SCANNER.read()
FILE_OFFICE = options.FILE_OFFICE.read()
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
FIRST_PACK = options.PACK.read()
ADDRESS = options.ADDRESS.read()
DEFAULT_FROM_EMAIL = options.MAIL_FROM.read()
MAILERS = mailers(options.MAIL.read(), DATA_DIR / "mail")
LOGGING = logging_for(DATA_DIR)

TASKS = {"default": {"BACKEND": "aperto.kernel.jobs.backend.DatabaseBackend", "QUEUES": []}}  # any queue name

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "CommonPasswordValidator", "NumericPasswordValidator")
] + [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    }
]
PASSWORD_RESET_TIMEOUT = 3600

# Signing in is django-allauth's. Nobody signs up: administrators invite, and `people` writes users.
ACCOUNT_ADAPTER = "aperto.web.people.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # whoever invites vouches for the address
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a changed password or second factor is told to its owner
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # this session stays; the others end with the former password
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_SESSION_REMEMBER = True
ALLAUTH_TRUSTED_PROXY_COUNT = options.PROXIES.read()  # whose word on the visitor's address counts
MFA_ADAPTER = "aperto.web.people.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute off
MFA_RECOVERY_CODES_SHOW_ONCE = True

# Providers of sign-on stand in `kernel.access.sign_ons`; `arrivals` judges who comes from them.
SOCIALACCOUNT_ADAPTER = "aperto.web.people.sign_on.adapter.SignOnAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
REACH_PRIVATE_NETWORK = options.PRIVATE_NETWORK.read()
