"""How allauth finds people by phone and sends codes. allauth has no phone model of its own."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from kenes.accounts import selectors, services
from kenes.accounts.models import User
from kenes.foundation.values import PhoneNumber, ValueProblem

UNKNOWN_ADDRESS = "0.0.0.0"  # noqa: S104  (a name for "unknown", nothing listens there)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Phones live in User (encrypted); codes leave through messaging, never inside the request."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by the phone step or by an administrator only."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Address of the browser as our proxy saw it; UNKNOWN_ADDRESS for a broken header, never an error."""
        try:
            return str(super().get_client_ip(request))
        except (PermissionDenied, ImproperlyConfigured, ValueError):
            return UNKNOWN_ADDRESS

    def is_safe_url(self, url: str) -> bool:
        """Whether people may be sent there after a login elsewhere: addresses of our one origin only."""
        origin = urlsplit(settings.PUBLIC_URL)
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={origin.netloc}, require_https=origin.scheme == "https"
        )

    def clean_phone(self, phone: str) -> str:
        """Mobile numbers of Kazakhstan only: codes to other countries are how SMS pumping works."""
        try:
            return str(PhoneNumber.parse(phone))
        except ValueProblem as problem:
            raise ValidationError(problem.message, code="invalid_phone") from problem

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        return (user.phone, user.phone_verified_at is not None) if user.phone else None

    def set_phone(self, user: User, phone: str, verified: bool) -> None:
        services.set_phone(user_id=user.pk, phone=PhoneNumber.parse(phone))
        if verified:
            services.confirm_phone(user_id=user.pk)
        user.refresh_from_db(fields=["phone", "phone_hash", "phone_verified_at"])

    def set_phone_verified(self, user: User, phone: str) -> None:
        services.confirm_phone(user_id=user.pk)
        user.refresh_from_db(fields=["phone_verified_at"])

    def get_user_by_phone(self, phone: str) -> User | None:
        return selectors.find_active_by_phone(PhoneNumber.parse(phone))

    def send_verification_code_sms(self, user: User, phone: str, code: str, **kwargs: Any) -> None:
        services.send_sign_in_code(user_id=user.pk, phone=PhoneNumber.parse(phone), code=code)

    def send_unknown_account_sms(self, phone: str, **kwargs: Any) -> None:
        """Nothing: a message to any number that somebody types would be paid by us and asked for by an attacker."""

    def send_account_already_exists_sms(self, phone: str) -> None:
        """Nothing, for the same reason; sign-up by allauth is closed anyway."""

    def get_login_stages(self) -> list[str]:
        """allauth's stages with our second step in place of its own."""
        own = {"allauth.mfa.stages.AuthenticateStage": "kenes.accounts.second_step.SecondStepStage"}
        return [own.get(path, path) for path in super().get_login_stages()]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Nothing: allauth would send inside the request, and none of its mails belongs to an open address."""

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        return HttpResponse(status=401)
