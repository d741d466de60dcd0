"""Settings of sign-in: django-allauth (browser client only) and the limits of our own endpoints in front of it.

`config.settings` adds INSTALLED_APPS and MIDDLEWARE to its own lists and takes every other name as it is.
Limits per network address are multiplied by ADDRESS_LIMITS_FACTOR when they are used; limits per number never are.
"""

from datetime import timedelta
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
MIDDLEWARE = [
    "allauth.account.middleware.AccountMiddleware",
    "kenes.accounts.bearer.BearerMiddleware",
    "kenes.accounts.middleware.LastSeenMiddleware",
]
# Must stand before SessionMiddleware: it serialises sign-in requests of one session.
FIRST_MIDDLEWARE = ["kenes.accounts.middleware.SerialSignInMiddleware"]

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": "kenes.accounts.password_rules.LongEnough"},
    {"NAME": "kenes.accounts.password_rules.CommonPassword"},
    {"NAME": "kenes.accounts.password_rules.UnlikePerson"},
]
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
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 180
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PHONE_VERIFICATION_TIMEOUT = 180
ACCOUNT_PHONE_VERIFICATION_MAX_ATTEMPTS = 3
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_RATE_LIMITS = {
    # Wrong passwords are counted by our endpoint (ALLOWANCES); this is the second net behind it.
    "login_failed": "10/300s/key,40/1h/key",
}

HEADLESS_ONLY = True
HEADLESS_CLIENTS = ("browser", "app")
# Tokens of the app, checked against the session on every request: see `accounts.tokens`.
HEADLESS_TOKEN_STRATEGY = "kenes.accounts.tokens.AppTokens"  # noqa: S105  (a class)
HEADLESS_SERVE_SPECIFICATION = False
HEADLESS_FRONTEND_URLS = {
    "account_confirm_email": "/login?confirm={key}",
    "account_reset_password": "/login",
    "account_reset_password_from_key": "/login?reset={key}",
    "account_signup": "/login",
    "socialaccount_login_error": "/login",
}

# An access token of the app lives minutes, its refresh token as long as a session, a sign-in at most three months.
APP_ACCESS_SECONDS = 300
APP_REFRESH_SECONDS = 14 * 24 * 3600
APP_SIGN_IN_SECONDS = 90 * 24 * 3600
# A second use of a refresh token within this time is two requests at once, later it is theft.
APP_REFRESH_GRACE_SECONDS = 10

# Our OpenID Connect provider for programs of partners. Keys: `accounts.token_keys`; issuer: PUBLIC_URL.
IDP_OIDC_ADAPTER = "kenes.accounts.oidc_adapter.OidcAdapter"
IDP_OIDC_ACCESS_TOKEN_FORMAT = "opaque"  # noqa: S105
IDP_OIDC_ACCESS_TOKEN_EXPIRES_IN = 3600
IDP_OIDC_REFRESH_TOKEN_EXPIRES_IN = 30 * 24 * 3600
IDP_OIDC_ROTATE_REFRESH_TOKEN = True
IDP_OIDC_AUTHORIZATION_CODE_EXPIRES_IN = 60
IDP_OIDC_ID_TOKEN_EXPIRES_IN = 300
IDP_OIDC_INTROSPECTION_ENABLED = True
IDP_OIDC_DCR_ENABLED = False
IDP_OIDC_CIMD_ENABLED = False

# Login by outside providers: `accounts.outside_login`.
SOCIALACCOUNT_ADAPTER = "kenes.accounts.outside_login.OutsideLoginAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = False

MFA_ADAPTER = "kenes.accounts.mfa_adapter.MfaAdapter"
MFA_SUPPORTED_TYPES = ["recovery_codes", "totp", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Every passkey checks its owner, so it can be the only thing to sign in with.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
# allauth's table of addresses is not used (User.email is the truth), so there is nothing in it to wait for.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# allauth's trusted browser cannot be revoked; ours is in `accounts.trusted_devices`.
MFA_TRUST_ENABLED = False
TRUSTED_DEVICE_AGE = timedelta(days=14)
# Phones with a wrong clock: one step of 30 s before and after is accepted.
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = "Kenes Hub"
USERSESSIONS_TRACK_ACTIVITY = False

# Our own limits, also of apps above: name -> (how many, within how many seconds), used by `accounts.allowances`.
# `address_*` and `range_*` are multiplied by ADDRESS_LIMITS_FACTOR, all others never are.
ALLOWANCES: dict[str, tuple[int, int]] = {
    "number_minute": (3, 60),
    "invitation_letters": (6, 86_400),
    "invitation_resend": (1, 60),
    "address_invitation": (30, 60),
    "number_day": (12, 24 * 3600),
    "address_minute": (20, 60),
    "address_day": (300, 24 * 3600),
    # A range (/24, /64) is what one sender of automatic requests has; mobile operators put many people behind one.
    "range_minute": (60, 60),
    "range_day": (1500, 24 * 3600),
    # All codes of one account, to whatever number or address.
    "account_day": (20, 24 * 3600),
    "address_confirm": (60, 60),
    # Wrong codes of a second factor, per person and from all browsers together.
    "factor_tries": (5, 300),
    "factor_tries_hour": (20, 3600),
    "factor_tries_day": (60, 24 * 3600),
    # Texts to be signed by a key, and answers to them.
    "address_key": (30, 60),
    "address_password": (10, 60),
    "range_password": (60, 60),
    # Wrong passwords per e-mail, known or not.
    "password_tries": (5, 300),
    "password_tries_hour": (20, 3600),
    "address_verify": (60, 60),
    "address_verify_page": (600, 60),
    "address_calculator": (60, 60),
    "address_outside": (30, 3600),
    "address_refresh": (60, 60),
    "address_token": (120, 60),
    "person_identity": (10, 24 * 3600),
    # Signatures by ЭЦП that are judged, and attempts in eGov mobile.
    "person_eds": (30, 600),
    "person_qr": (20, 3600),
    "person_email": (10, 24 * 3600),
    "power_give": (10, 24 * 3600),
    "party_lookup": (30, 3600),
    # Invitations into cases: of one sender, and to one address or number from whomever.
    "party_invitation": (30, 3600),
    "party_invitation_contact": (6, 24 * 3600),
    "party_invitation_resend": (1, 60),
    "party_invitation_look": (60, 3600),
}
SIGN_IN_RESEND_AFTER_SECONDS = 30
# SMS with codes in one day of Almaty after which somebody must look whether we pay for an attacker.
CODE_SMS_ALARM_PER_DAY = 3000
# Answers of the phone step take at least this long, whether or not the number is known.
SIGN_IN_ANSWER_FLOOR_SECONDS = 0.25
# Seconds without use, and seconds in all, after which a session ends (docs/security/identity.md says why).
SESSION_LIMITS = {"staff": (3600, 12 * 3600), "others": (14 * 24 * 3600, 30 * 24 * 3600)}
UNCONFIRMED_ACCOUNT_LIFETIME_HOURS = 24


def sandbox_login(sandbox_url: str, public_url: str) -> dict[str, Any]:
    """The outside login of the demonstration: people reach its page through our origin, we reach it directly."""
    base = f"{sandbox_url}/sandbox/oidc"
    return {
        "provider_id": "sandbox",
        "name": "Sandbox ID",
        "client_id": "kenes",
        "secret": "kenes-sandbox-secret",
        "settings": {
            "server_url": base,
            "oauth_pkce_enabled": True,
            "token_auth_method": "client_secret_basic",
            "openid_configuration_overrides": {
                "authorization_endpoint": f"{public_url}/sandbox/oidc/authorize"
            },
        },
    }


def outside_logins(
    rows: list[dict[str, str]], *, google: tuple[str, str], sandbox: list[dict[str, Any]]
) -> dict[str, Any]:
    """SOCIALACCOUNT_PROVIDERS: the generic OpenID Connect logins and Google, as far as they are set."""
    apps = [
        {
            "provider_id": row["id"],
            "name": row["name"],
            "client_id": row["client_id"],
            "secret": row["secret"],
            "settings": {
                "server_url": row["server_url"],
                "oauth_pkce_enabled": True,
                "token_auth_method": "client_secret_basic",
            },
        }
        for row in rows
    ]
    providers: dict[str, Any] = {"openid_connect": {"APPS": [*apps, *sandbox], "OAUTH_PKCE_ENABLED": True}}
    if google[0]:
        providers["google"] = {
            "APPS": [{"client_id": google[0], "secret": google[1]}],
            "SCOPE": ["profile", "email"],
            "OAUTH_PKCE_ENABLED": True,
        }
    return providers
