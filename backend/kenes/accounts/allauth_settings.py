"""Settings of sign-in: django-allauth (browser client only) and the limits of our own endpoints in front of it.

`config.settings` adds INSTALLED_APPS and MIDDLEWARE to its own lists and takes every other name as it is.
Limits per network address are multiplied by ADDRESS_LIMITS_FACTOR when they are used; limits per number never are.
"""

from typing import Any

INSTALLED_APPS = [
    "allauth",
    "allauth.account",
    "allauth.headless",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.idp.oidc",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.google",
    "allauth.socialaccount.providers.openid_connect",
]
# allauth's UserSessionsMiddleware is left out: it writes a row on every request. Sign-ins are recorded anyway.
MIDDLEWARE = ["allauth.account.middleware.AccountMiddleware"]
# Must stand before SessionMiddleware: it serialises sign-in requests of one session.
FIRST_MIDDLEWARE = ["kenes.accounts.middleware.SerialSignInMiddleware"]

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
     "OPTIONS": {"user_attributes": ("email",)}},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]  # fmt: skip
# allauth keeps the login code and the number in the session: rows are encrypted, never a signed cookie.
SESSION_ENGINE = "kenes.accounts.sessions"
LOGIN_URL = "/login"

# One nginx stands in front; with 0 everybody would share the address of nginx and one limit.
ALLAUTH_TRUSTED_PROXY_COUNT = 1
# Without `dashed: False` the code is 123-456, by default it is eight letters.
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}

ACCOUNT_ADAPTER = "kenes.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"phone", "email"}
# Sign-up by allauth is closed. A required phone here would abort the login of staff, who have none.
ACCOUNT_SIGNUP_FIELDS = ["phone", "email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 180
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PHONE_VERIFICATION_TIMEOUT = 180
ACCOUNT_PHONE_VERIFICATION_MAX_ATTEMPTS = 3
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_RATE_LIMITS = {
    # Wrong passwords per e-mail; per address they are counted by our endpoint (ALLOWANCES).
    "login_failed": "5/300s/key,20/1h/key",
}

HEADLESS_ONLY = True
HEADLESS_CLIENTS = ("browser",)
HEADLESS_SERVE_SPECIFICATION = False
HEADLESS_FRONTEND_URLS = {
    "account_confirm_email": "/login?confirm={key}",
    "account_reset_password": "/login",
    "account_reset_password_from_key": "/login?reset={key}",
    "account_signup": "/login",
    "socialaccount_login_error": "/login",
}

# Phones with a wrong clock: one step of 30 s before and after is accepted.
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = "Kenes Hub"
USERSESSIONS_TRACK_ACTIVITY = False

# Our own limits, also of apps above: name -> (how many, within how many seconds), used by `accounts.allowances`.
# `address_*` are multiplied by ADDRESS_LIMITS_FACTOR, all others never are.
ALLOWANCES: dict[str, tuple[int, int]] = {
    "number_minute": (3, 60),
    "number_day": (12, 24 * 3600),
    "address_minute": (20, 60),
    "address_day": (300, 24 * 3600),
    "address_confirm": (60, 60),
    "address_password": (10, 60),
    "address_verify": (60, 60),
    "address_verify_page": (600, 60),
    "person_identity": (10, 24 * 3600),
    "person_email": (10, 24 * 3600),
}
SIGN_IN_RESEND_AFTER_SECONDS = 30
# Answers of the phone step take at least this long, whether or not the number is known.
SIGN_IN_ANSWER_FLOOR_SECONDS = 0.25
UNCONFIRMED_ACCOUNT_LIFETIME_HOURS = 24
