"""Login by outside OpenID Connect providers: whose account is it, and when is a new one made.

- A known outside login opens its account. Whoever has a second factor is still asked for it.
- A new one opens an existing account by itself only when the provider has confirmed the e-mail, the same e-mail is
  confirmed here, and the account is not of staff. Everything else would let a provider, or whoever typed an address
  there, into somebody's account.
- Staff connect a provider from inside, after a fresh proof.
- Otherwise a new account is made. It has no role and no phone: before anything with ИИН or SMS the person confirms a
  number as everybody does.
"""

from dataclasses import dataclass
from typing import Any

from allauth.core.exceptions import ReauthenticationRequired
from allauth.core.internal.httpkit import add_query_params
from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthProcess
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request

from kenes.accounts import abilities, allowances, proofs, selectors, sign_in
from kenes.accounts.events_tokens import OutsideLoginConnected
from kenes.accounts.models import Language, User
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import Actor, SystemActor
from kenes.foundation.errors import Throttled

_SECOND_STEP = "second_step"


@dataclass(frozen=True, slots=True)
class Claims:
    """What we take from a provider, and nothing more: who it is there, a name, an e-mail if it is confirmed."""

    provider: str
    uid: str
    name: str
    confirmed_email: str
    label: str


class OutsideLoginAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """allauth's questions about outside logins (SOCIALACCOUNT_ADAPTER)."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never by allauth's own sign-up: `pre_social_login` has found or made the account."""
        return False

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        """Keep of the provider's data only what tells this login from others; allauth would store all of it."""
        claims = _claims(sociallogin)
        sociallogin.kenes_claims = claims
        sociallogin.account.extra_data = {"label": claims.label}
        sociallogin.email_addresses, sociallogin.phone = [], None
        user: User = sociallogin.user
        return user

    def serialize_instance(self, instance: Any) -> dict[str, Any]:
        """A login that waits for its second step lies in the session: of the person only the id."""
        if isinstance(instance, User):
            return {"id": str(instance.pk)}
        kept: dict[str, Any] = super().serialize_instance(instance)
        return kept

    def deserialize_instance(self, model: Any, data: dict[str, Any]) -> Any:
        if model is User:
            return User.objects.filter(pk=data["id"]).first()
        return super().deserialize_instance(model, data)

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find or make the account. PermissionDenied, ValidationError and ReauthenticationRequired become `?error=`."""
        claims: Claims = sociallogin.kenes_claims
        if sociallogin.state.get("process") == AuthProcess.CONNECT:
            if not sociallogin.is_existing:
                user = _connecting(request)
                _use(sociallogin, connect(user=user, claims=claims, actor=selectors.actor_for(user)))
            return
        if not sociallogin.is_existing:
            try:
                allowances.spend("address_outside", sign_in.client_ip(request))
            except Throttled as problem:
                raise ValidationError(str(problem.detail), code="throttled") from problem
            _use(sociallogin, first_login(claims=claims, language=translation.get_language() or ""))
        user = sociallogin.user
        if not user.is_active or user.is_service:
            raise PermissionDenied
        if is_mfa_enabled(user):
            # The page that the browser returns to cannot know by itself that one more step waits.
            sociallogin.state["next"] = add_query_params(sociallogin.state["next"], {_SECOND_STEP: "1"})


@transaction.atomic
def first_login(*, claims: Claims, language: str) -> SocialAccount:
    """The account for somebody who comes by this outside login for the first time.

    Raises ValidationError `connect_first` when the confirmed e-mail is that of a member of staff.
    """
    actor = SystemActor("outside-login")
    user = _linkable(claims)
    if user is None:
        user = User(
            full_name=claims.name,
            language=language if language in Language.values else Language.RU,
            password="!",  # noqa: S106  (unusable: this account has no password)
        )
        if claims.confirmed_email and not User.objects.filter(email=claims.confirmed_email).exists():
            user.email, user.email_verified_at = claims.confirmed_email, clock.now()
        user.save()
    return connect(user=user, claims=claims, actor=actor)


@transaction.atomic
def connect(*, user: User, claims: Claims, actor: Actor) -> SocialAccount:
    """Connect an outside login to an account; one that is connected already stays as it is."""
    row, created = SocialAccount.objects.get_or_create(
        provider=claims.provider,
        uid=claims.uid,
        defaults={"user": user, "extra_data": {"label": claims.label}},
    )
    if created:
        event_log.record(OutsideLoginConnected(person_id=user.pk, provider=claims.provider), actor=actor)
    return row


def _linkable(claims: Claims) -> User | None:
    if not claims.confirmed_email:
        return None
    user = User.objects.select_for_update().filter(email=claims.confirmed_email).first()
    if user is None or user.is_service:
        return None
    if abilities.is_staff(selectors.actor_for(user).abilities):
        detail = _("Sign in with your password first, then connect this login in your account.")
        raise ValidationError(str(detail), code="connect_first")
    return user if user.email_verified_at is not None and user.is_active else None


def _connecting(request: HttpRequest) -> User:
    """Whoever connects an outside login: signed in, not looking through another's eyes, and just proved."""
    user = request.user
    if not user.is_authenticated:
        raise PermissionDenied
    person = User.objects.get(pk=user.pk)
    api_request = Request(request)
    api_request.user, api_request.auth = person, None
    actor = selectors.actor_for_request(api_request)
    if actor.user_id != person.pk or actor.viewed_by is not None or actor.held_back:
        raise PermissionDenied
    if not proofs.is_fresh(request):
        raise ReauthenticationRequired
    return person


def _use(sociallogin: SocialLogin, row: SocialAccount) -> None:
    sociallogin.account, sociallogin.user = row, row.user


def _claims(sociallogin: SocialLogin) -> Claims:
    data = sociallogin.account.extra_data if isinstance(sociallogin.account.extra_data, dict) else {}
    id_token, info = data.get("id_token"), data.get("userinfo")
    if isinstance(id_token, dict) and isinstance(info, dict) and id_token.get("sub") != info.get("sub"):
        # OpenID Connect Core 5.3.2: such an answer must not be used, it speaks about somebody else.
        raise PermissionDenied
    claims: dict[str, Any] = next((part for part in (info, id_token) if isinstance(part, dict)), data)
    email = str(claims.get("email") or "").strip().lower()
    # Only a real true counts: some providers send the word "false", which is a true value to Python.
    confirmed = claims.get("email_verified") is True and email.isascii() and 0 < len(email) <= 254
    name = " ".join(str(claims.get("name") or "").split())[:200]
    return Claims(
        provider=sociallogin.account.provider,
        uid=sociallogin.account.uid,
        name=name if name.isprintable() else "",
        confirmed_email=email if confirmed else "",
        label=_masked(email) or name[:1],
    )


def _masked(email: str) -> str:
    name, at, domain = email.partition("@")
    return f"{name[:1]}•••@{domain}"[:120] if at else ""
