"""Django settings: everything that differs between machines comes from `config.env`."""

from pathlib import Path
from urllib.parse import unquote, urlparse

from celery.schedules import crontab

from config import env as environment
from config import file_stores
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
    "signature-requests": {"task": "signing.expire_requests", "schedule": crontab(minute=50)},
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
SPECTACULAR_SETTINGS = {
    "TITLE": "Kenes Hub",
    "DESCRIPTION": "Requests, terms, letters, signatures and proof for borrowers in Kazakhstan.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "REDOC_DIST": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    # Names of the enums in the schema, where one field name has several sets of values.
    "ENUM_NAME_OVERRIDES": {
        "LanguageCode": "kenes.accounts.models.Language",
        "ConsentKindCode": "kenes.accounts.models.ConsentKind",
        "CreditorTypeCode": "kenes.creditors.models.CreditorType",
        "EligibilityVerdict": "kenes.cases.story.eligibility_rules.VERDICTS",
        "CaseStageCode": "kenes.cases.lists.list_filters.STAGES",
        "CaseColumnCode": "kenes.cases.lists.views_saved.COLUMNS",
        "CaseSortCode": "kenes.cases.api.list_inputs.SORTS",
        "CaseBulkCode": "kenes.cases.lists.bulk.NAMES",
        "CaseViewScopeCode": "kenes.cases.models.ViewScope",
        "CaseLayoutCode": "kenes.cases.models.Layout",
        "ListJobKindCode": "kenes.cases.models.JobKind",
        "ListJobStateCode": "kenes.cases.models.JobState",
        "ListJobRowStateCode": "kenes.cases.models.RowState",
        "ExportFormatCode": ["csv", "xlsx"],
        "CaseExportStatusCode": "kenes.documents.models.ExportStatus",
        "CaseExportKindCode": "kenes.documents.models.ExportKind",
        "CaseLinkKindCode": "kenes.cases.collaboration.links.CHOICES",
        "CommentAudienceCode": "kenes.cases.models.Audience",
        "TimelineSideCode": "kenes.cases.history.timeline_people.KINDS",
        "CaseStatusCode": "kenes.cases.states.case.CaseStatus",
        "TrackKindCode": "kenes.cases.states.track.TrackKind",
        "TrackMoveCode": "kenes.cases.api.track_serializers.MOVES",
        "StepNeedCode": "kenes.cases.states.machine.Need",
        "CaseSourceCode": "kenes.cases.models.CaseSource",
        "DocumentStatusCode": "kenes.documents.states.DocumentStatus",
        "TextChangeSign": ["same", "added", "removed"],
        "TemplateLanguageCode": ["ru", "kk", "both"],
        "TemplateStateCode": "kenes.documents.editing.states.TemplateState",
        "TemplateOriginCode": "kenes.documents.editing.states.TemplateOrigin",
        "DispatchStatusCode": "kenes.documents.states.DispatchStatus",
        "SignatureRequestStatusCode": "kenes.signing.states.RequestStatus",
        "AddressKindCode": "kenes.creditors.models.AddressKind",
        "LawEventCode": "kenes.law.api.serializers.EVENT_KINDS",
        "FactKindCode": "kenes.cases.tracks.facts.KIND_CODES",
        "BlockedFileStateCode": "kenes.files.api.blocked_views.BLOCKED_STATES",
        "FileStateCode": "kenes.files.info.FILE_STATES",
        "FilePreparationCode": "kenes.files.info.PREPARATION_STATES",
        "FileFormCode": "kenes.files.links.FORMS",
        "UploadStateCode": "kenes.files.models.Upload.State",
        "PhotoLookCode": ["color", "gray"],
        "LetterLanguageCode": ["ru", "kk"],
        "ScopeCode": "kenes.accounts.api.program_serializers.SCOPE_CODES",
        "ProgramKindCode": "kenes.accounts.api.program_serializers.KIND_CODES",
        "ProgramGrantCode": "kenes.accounts.api.program_serializers.GRANT_CODES",
        "DataReadKindCode": "kenes.accounts.models.DataRead.Kind",
        "DataRequestKindCode": "kenes.accounts.models.PersonalDataRequest.Kind",
        "DataRequestStatusCode": "kenes.accounts.models.PersonalDataRequest.Status",
        "RetentionActionCode": "kenes.accounts.models.RetentionRule.Action",
        "ProfileAddressKindCode": "kenes.accounts.profile.ProfileAddressKind",
        "PaperKindCode": "kenes.accounts.profile.PaperKind",
        "ContactChannelCode": "kenes.accounts.profile.Channel",
        "SpecialistKindCode": "kenes.accounts.models.SpecialistProfile.Kind",
        "SpecialistStatusCode": "kenes.accounts.api.specialist_serializers.SPECIALIST_STATUSES",
        "PowerScopeCode": "kenes.accounts.models.PowerScope",
        "PowerStatusCode": "kenes.accounts.api.specialist_serializers.POWER_STATUSES",
        "PartyRoleCode": "kenes.cases.models.PartyRole",
        "PersonRoleCode": "kenes.accounts.models.Role",
        "PersonStatusCode": "kenes.accounts.people_search.STATUSES",
        "OrganisationKindCode": "kenes.accounts.models.Organisation.Kind",
        "OrganisationStatusCode": "kenes.accounts.organisations.STATUSES",
        "InvitationStatusCode": "kenes.accounts.invitations.STATUSES",
        "LawChangeKindCode": "kenes.law.models.ChangeKind",
        "LawChangeStatusCode": "kenes.law.models.ChangeStatus",
        "LawRuleStatusCode": "kenes.law.models.RuleStatus",
        "LawOriginCode": "kenes.law.models.Origin",
        "LawUnitCode": "kenes.law.models.Unit",
        "LawDirectionCode": "kenes.law.models.Direction",
        "LawDayKindCode": "kenes.law.models.DayKind",
        "LawDayKindInputCode": "kenes.law.api.change_serializers.DAY_KINDS",
        "LawIndexCode": "kenes.law.models.IndexCode",
        "LawEditionStateCode": "kenes.law.api.rule_serializers.EDITION_STATES",
        "TermChangeCauseCode": "kenes.cases.models.ChangeCause",
        "TermStageCode": "kenes.cases.terms.deadline_listing.STAGES",
        "TermBoundCode": "kenes.cases.api.deadline_serializers.BOUND",
        "TermStatusCode": "kenes.law.api.serializers.TERM_STATUSES",
        "CaseTermStatusCode": "kenes.cases.api.outputs.DEADLINE_STATUSES",
        "AnswerKindCode": "kenes.cases.models.AnswerKind",
        "AnswerSourceCode": "kenes.cases.models.AnswerSource",
        "OfferReplyKindCode": "kenes.cases.models.ReplyKind",
        "AskedPaperCode": "kenes.cases.models.PaperCode",
        "RefusalReasonCode": "kenes.cases.models.RefusalReason",
        "ContractKindCode": "kenes.cases.models.ContractKind",
        "ScheduleKindCode": "kenes.cases.models.ScheduleKind",
        "DebtSourceCode": "kenes.cases.models.DebtSource",
        "DebtSourceInputCode": "kenes.cases.api.debt_inputs.SOURCES",
        "GuarantorRoleCode": "kenes.cases.api.debt_inputs.GUARANTOR_ROLES",
        "ScheduleMethodCode": "kenes.cases.api.debt_inputs.METHODS",
        "TrackStateCode": "kenes.cases.states.track.TrackState",
        "RoomTabCode": "kenes.cases.answers.room.TABS",
        "RoomSortCode": "kenes.cases.api.room_serializers.ROOM_SORTS",
        "HelpKindCode": "kenes.specialists.models.HelpKind",
        "HostKindCode": "kenes.specialists.models.HostKind",
        "MeetingWayCode": "kenes.specialists.models.Way",
        "FeeKindCode": "kenes.specialists.models.FeeKind",
        "HelpRequestStatusCode": "kenes.specialists.states.RequestStatus",
        "ProposalStatusCode": "kenes.specialists.states.ProposalStatus",
        "BookingStatusCode": "kenes.specialists.states.BookingStatus",
        "SessionStatusCode": "kenes.specialists.models.SessionStatus",
        "DeskRoleCode": "kenes.specialists.api.inputs.DESK_ROLES",
        "HelpOverdueCode": "kenes.specialists.api.outputs.OVERDUE",
        "BookingFinishCode": "kenes.specialists.api.inputs.FINISHES",
        "SessionEndCode": "kenes.specialists.api.inputs.SESSION_ENDS",
    },
    "SERVERS": [{"url": "/"}],
    "SERVE_PERMISSIONS": [],
    "SERVE_AUTHENTICATION": [],
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
