"""Django settings: everything that differs between machines comes from `config.env`."""

from pathlib import Path
from urllib.parse import unquote, urlparse

from celery.schedules import crontab

from config import env as environment
from config import file_stores, signature_settings
from config.schema_settings import SPECTACULAR_SETTINGS as SPECTACULAR_SETTINGS
from kenes.accounts import allauth_settings
from kenes.accounts.allauth_settings import *  # noqa: F403  (its three lists are joined into ours below)

ENV = environment.read()
BASE_DIR = Path(__file__).resolve().parents[1]

SECRET_KEY = ENV.secret_key
DEBUG = ENV.debug
DEMO = ENV.demo
PUBLIC_URL = ENV.public_url
RUN_DIR = ENV.run_dir
ALLOWED_HOSTS = [urlparse(PUBLIC_URL).hostname or "localhost", "127.0.0.1", "localhost"]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

INSTALLED_APPS = [
    "kenes.accounts.admin_config.KenesAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "channels",
    *allauth_settings.INSTALLED_APPS,
    "kenes.foundation",
    "kenes.outbox",
    "kenes.event_log",
    "kenes.webhooks",
    "kenes.files",
    "kenes.messaging",
    "kenes.accounts",
    "kenes.realtime",
    "kenes.law",
    "kenes.creditors",
    "kenes.cases",
    "kenes.specialists",
    "kenes.documents",
    "kenes.signing",
]

MIDDLEWARE = [
    "kenes.foundation.middleware.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    *allauth_settings.FIRST_MIDDLEWARE,
    "django.contrib.sessions.middleware.SessionMiddleware",
    "kenes.foundation.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    *allauth_settings.MIDDLEWARE,
    "kenes.foundation.middleware.DemoDateMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"

_db = urlparse(ENV.database_url)
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _db.path.lstrip("/"),
        "USER": unquote(_db.username or ""),
        "PASSWORD": unquote(_db.password or ""),
        "HOST": _db.hostname or "",
        "PORT": str(_db.port or ""),
        "CONN_MAX_AGE": 0,
        "OPTIONS": {"pool": {"min_size": 2, "max_size": 8, "timeout": 10}} if ENV.db_pool else {},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": ENV.redis_url}}
# The longest life; shorter limits are SESSION_LIMITS.
SESSION_COOKIE_AGE = 30 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https://")
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31536000 if PUBLIC_URL.startswith("https://") else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "kenes.foundation.problems.csrf_failure"

CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [{"address": ENV.redis_url, "max_connections": 2000}]},
    }
}

CELERY_BROKER_URL = ENV.redis_url
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A nudge that cannot reach Redis must not hold a request; the dispatcher looks by itself anyway.
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_timeout": 2, "socket_connect_timeout": 2, "max_retries": 1}

CELERY_BEAT_SCHEDULE_FILENAME = str(RUN_DIR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE = {
    "heartbeat": {"task": "foundation.heartbeat", "schedule": 10.0, "options": {"expires": 20}},
    "outbox": {"task": "outbox.look", "schedule": 3.0, "options": {"expires": 5}},
    "sms-statuses": {"task": "messaging.poll_statuses", "schedule": 60.0, "options": {"expires": 60}},
    "sms-codes": {"task": "messaging.erase_codes", "schedule": 60.0, "options": {"expires": 60}},
    # Every rule of how long data are kept, at 03:10 in Almaty.
    "retention": {"task": "accounts.run_retention", "schedule": crontab(hour=22, minute=10)},
    "files": {"task": "files.clean_up", "schedule": crontab(hour=21, minute=40)},
    # 03:20 in Almaty, a slice each night.
    "files-verify": {"task": "files.verify", "schedule": crontab(hour=22, minute=20)},
    "uploads": {"task": "files.expire_uploads", "schedule": crontab(minute=35)},
    "tokens-old": {"task": "accounts.remove_old_tokens", "schedule": crontab(hour=22, minute=45)},
    "egov-qr": {"task": "signing.tend_qr", "schedule": 60.0, "options": {"expires": 60}},
    "signature-requests": {"task": "signing.expire_requests", "schedule": crontab(minute=50)},
    "text-deliveries": {"task": "signing.forget_deliveries", "schedule": crontab(hour=3, minute=50)},
    "signature-seals": {"task": "signing.try_waiting_seals", "schedule": crontab(minute=35)},
    "revocation-lists": {"task": "signing.refresh_lists", "schedule": crontab(minute=5)},
    "signature-reminders": {"task": "signing.remind", "schedule": crontab(minute=20)},
    # 00:05 to 00:20 in Almaty.
    "accounts-lapsed": {"task": "accounts.end_lapsed_rights", "schedule": crontab(hour=19, minute=10)},
    # Near terms: every quarter of an hour; what a missed run leaves is made up for by the next.
    "cases-escalate": {
        "task": "cases.escalate",
        "schedule": crontab(minute="*/15"),
        "options": {"expires": 600},
    },
    "templates": {"task": "documents.switch_on_due_templates", "schedule": crontab(hour=19, minute=1)},
    "law-changes": {"task": "law.switch_on_due", "schedule": crontab(hour=19, minute=2)},
    "cases-search": {"task": "cases.tend_search", "schedule": crontab(hour=20, minute=35)},
    "cases-day": {"task": "cases.pass_day", "schedule": crontab(hour=19, minute=5)},
    "offers-lapsed": {"task": "cases.lapse_offers", "schedule": crontab(hour=19, minute=15)},
    "help-expired": {"task": "specialists.expire", "schedule": crontab(minute=25)},
    "consultation-reminders": {
        "task": "specialists.remind",
        "schedule": 300.0,
        "options": {"expires": 300},
    },
    "anchor": {"task": "event_log.anchor_yesterday", "schedule": crontab(hour=19, minute=20)},
    "anchor_stamps": {"task": "event_log.stamp_anchors", "schedule": crontab(minute=50)},
}

LANGUAGE_CODE = "ru"
LANGUAGES = [("ru", "Русский"), ("kk", "Қазақша"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
DOMAIN_TIME_ZONE = "Asia/Almaty"

STATIC_URL = "/static/"
STATIC_ROOT = RUN_DIR / "static"
MEDIA_ROOT = ENV.media_dir or RUN_DIR / "media"
STORAGES = {
    "default": file_stores.default(
        bucket=ENV.s3_bucket, endpoint_url=ENV.s3_endpoint_url, region=ENV.s3_region,
        access_key=ENV.s3_access_key, secret_key=ENV.s3_secret_key,
    ),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}  # fmt: skip
SEAL_KEY_DIR = ENV.seal_key_dir or RUN_DIR / "seal"
SEAL_KEY_PASSPHRASE = ENV.seal_key_passphrase or ENV.secret_key
_signature = signature_settings.of(ENV)
KZSIGN_ANCHORS_DIR = _signature.anchors_dir
# Anchors of test authorities count in demonstrations only.
KZSIGN_TEST_ANCHORS = _signature.test_anchors
OCSP_URL, TSP_URL = _signature.ocsp_url, _signature.tsp_url
# Hosts that may be asked for an OCSP answer or a CRL when a certificate names them.
ESIGN_HOSTS = _signature.hosts
# Lists of revoked certificates: where they come from, and where they are kept between the hourly looks.
CRL_URLS, KZSIGN_LISTS_DIR = _signature.list_urls, _signature.lists_dir
SIGEX_URL, NCALAYER_URL = _signature.sigex_url, _signature.ncalayer_url
# After a change of the number an SMS code does not sign for so long: the SIM card may be stolen.
SIGN_AFTER_PHONE_CHANGE_DAYS = 7
TOKEN_KEY_DIR = ENV.token_key_dir or RUN_DIR / "tokens"
TOKEN_KEY_PASSPHRASE = ENV.token_key_passphrase or ENV.secret_key
ACCOUNT_DEFAULT_HTTP_PROTOCOL = urlparse(PUBLIC_URL).scheme
SOCIALACCOUNT_PROVIDERS = allauth_settings.outside_logins(
    ENV.outside_logins,
    google=(ENV.google_client_id, ENV.google_client_secret),
    sandbox=[allauth_settings.sandbox_login(ENV.sandbox_url, PUBLIC_URL)] if ENV.sandbox_url else [],
)
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
VERIFY_MAX_BYTES = 20 * 1024 * 1024
UPLOAD_MAX_BYTES = 25 * 1024 * 1024
# Of one person: uploads that wait to be attached, and room for everything sent and kept.
UPLOADS_OPEN_PER_PERSON = 60
UPLOAD_QUOTA_PER_PERSON = 2 * 1024 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

FIELD_ENCRYPTION_KEYS = ENV.encryption_keys
LOOKUP_HASH_KEYS = ENV.hash_keys

CONVERTER_URLS = [part.strip() for part in ENV.converter_urls.split(",") if part.strip()]
CLAMD_URL = ENV.clamd_url

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST, EMAIL_PORT, EMAIL_USE_TLS = ENV.email_host, ENV.email_port, ENV.email_use_tls
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = ENV.email_host_user, ENV.email_host_password
EMAIL_TIMEOUT = 15
EMAIL_DOMAIN = ENV.email_domain
DEFAULT_FROM_EMAIL = f"Kenes Hub <letters@{ENV.email_domain}>"

PROVIDERS = {
    "sms": {
        "CLASS": "kenes.messaging.providers.mobizon.MobizonSms",
        "OPTIONS": {"base_url": ENV.sms_url, "api_key": ENV.sms_api_key, "sender": ENV.sms_sender},
    },
    "email": {
        "CLASS": "kenes.messaging.providers.smtp.SmtpEmail",
        "OPTIONS": {
            "host": ENV.email_host,
            "port": ENV.email_port,
            "use_tls": ENV.email_use_tls,
            "username": ENV.email_host_user,
            "password": ENV.email_host_password,
            "timeout_seconds": 15,
        },
    },
    "antivirus": {"CLASS": "kenes.files.providers.clamd.Clamd", "OPTIONS": {"address": ENV.clamd_url}},
    **_signature.providers(),
}
SMS_WEBHOOK_SECRET = ENV.sms_webhook_secret
SANDBOX_URL = ENV.sandbox_url
ADDRESS_LIMITS_FACTOR = ENV.address_limits_factor
# Text messages to one number per hour and per day.
SMS_PER_NUMBER = (20, 40)
# How many counter-offers a borrower may make about one debt.
COUNTER_OFFER_ROUNDS = 3
OPERATOR = {
    "operator_name": ENV.operator_name,
    "operator_bin": ENV.operator_bin,
    "operator_address": ENV.operator_address,
}

# The same with the account, as contracts and invoices print them.
PLATFORM_REQUISITES = {
    "name": ENV.operator_name,
    "bin": ENV.operator_bin,
    "address": ENV.operator_address,
    "bank": ENV.operator_bank,
    "bic": ENV.operator_bic,
    "iban": ENV.operator_iban,
    "kbe": ENV.operator_kbe,
    "head_name": ENV.operator_head,
    "basis": ENV.operator_basis,
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["kenes.foundation.parsing.StrictJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "kenes.foundation.schema.ApiSchema",
    "EXCEPTION_HANDLER": "kenes.foundation.problems.handle",
    "UNAUTHENTICATED_USER": None,
    # `?format=` names the form of a document here, not a renderer.
    "URL_FORMAT_OVERRIDE": None,
}
KENES_AUTHENTICATION = [
    "kenes.accounts.authentication.BearerAuthentication",
    "kenes.foundation.api.BrowserSession",
]
KENES_ACTOR_FACTORY = "kenes.accounts.selectors.actor_for_request"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "kenes.foundation.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        # Request lines of the HTTP client carry addresses with keys and numbers in them.
        "httpx": {"level": "WARNING"},
        "httpcore": {"level": "WARNING"},
    },
}
