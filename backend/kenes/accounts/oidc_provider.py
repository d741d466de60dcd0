"""Our OAuth 2 and OpenID Connect provider: what stands before allauth's, which answers the rest.

Authorisation: PKCE with S256 for every program, redirect addresses compared letter by letter, one page for consent
(`/oauth/consent`) that is skipped when the person has already allowed the same scopes. Exchange: each code and each
refresh token is handled by one request at a time and works once; a second use ends everything made from it.
"""

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from allauth.core import context
from allauth.idp.oidc.internal.oauthlib.server import get_server
from django.conf import settings
from django.http import HttpRequest
from oauthlib.oauth2.rfc6749.errors import FatalClientError, OAuth2Error  # type: ignore[import-untyped]

from kenes.accounts import programs
from kenes.accounts.errors_tokens import AuthorizationMalformed
from kenes.accounts.models import Program, ProgramConsent, User
from kenes.foundation.actor import Actor
from kenes.foundation.errors import FreshProofRequired

AUTHORIZE: Final = "/identity/o/authorize"
CONSENT_PAGE: Final = "/oauth/consent"
MAX_QUERY: Final = 4000
# What a program may say; other parameters (a second redirect address hidden in a strange one) never reach the flow.
_FLOW: tuple[str, ...] = (
    "client_id", "redirect_uri", "response_type", "scope", "state", "nonce", "code_challenge",
    "code_challenge_method",
)  # fmt: skip
_OURS: tuple[str, ...] = ("prompt", "max_age")


class RefusedToProgram(Exception):
    """The program gets an OAuth error at its redirect address, which has been checked."""

    def __init__(self, redirect_to: str) -> None:
        self.redirect_to = redirect_to
        super().__init__("refused")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for authorisation that holds: program, scopes and redirect address are known and fit."""

    program: Program
    scopes: list[str]
    prompts: frozenset[str]
    redirect_uri: str
    state: str
    flow_query: str
    query: str
    wants_proof: bool

    def refuse(self, error: str) -> str:
        """Where the browser goes with an error."""
        return _with(self.redirect_uri, {"error": error} | ({"state": self.state} if self.state else {}))


def read(query: str) -> Asked:
    """Check the query of an authorisation request.

    Raises AuthorizationMalformed (unknown program, redirect address that is not registered, repeated parameters: the
    browser stays here) and RefusedToProgram (everything else: the program hears about it).
    """
    values = _values(query)
    program = _program(values.get("client_id", ""))
    redirect_uri, state = values.get("redirect_uri", ""), values.get("state", "")
    if redirect_uri not in program.client.get_redirect_uris():
        raise AuthorizationMalformed
    flow_query = urlencode({name: values[name] for name in _FLOW if name in values})
    prompts = frozenset(values.get("prompt", "").split())
    asked = Asked(
        program=program, scopes=[], prompts=prompts, redirect_uri=redirect_uri, state=state, flow_query=flow_query,
        query=urlencode({name: values[name] for name in (*_FLOW, *_OURS) if name in values}),
        wants_proof="login" in prompts or "max_age" in values,
    )  # fmt: skip
    if values.get("code_challenge_method") != "S256" or len(values.get("code_challenge", "")) != 43:
        raise RefusedToProgram(asked.refuse("invalid_request"))
    if "none" in prompts and len(prompts) > 1:
        raise RefusedToProgram(asked.refuse("invalid_request"))
    return _validated(asked)


def _validated(asked: Asked) -> Asked:
    """The same with the scopes that oauthlib and allauth have checked."""
    uri = f"{AUTHORIZE}?{asked.flow_query}"
    try:
        found, _info = get_server().validate_authorization_request(uri, "GET", None, {})
    except FatalClientError as problem:
        raise AuthorizationMalformed from problem
    except OAuth2Error as problem:
        raise RefusedToProgram(asked.refuse(str(problem.error))) from problem
    scopes = [str(code) for code in found or ()]
    if not scopes:
        raise RefusedToProgram(asked.refuse("invalid_scope"))
    return Asked(
        program=asked.program, scopes=scopes, prompts=asked.prompts, redirect_uri=asked.redirect_uri,
        state=asked.state, flow_query=asked.flow_query, query=asked.query, wants_proof=asked.wants_proof,
    )  # fmt: skip


def new_scopes(asked: Asked, user: User) -> set[str]:
    """Scopes of the request that the person has not allowed this program yet."""
    consent = ProgramConsent.objects.filter(user=user, program=asked.program).first()
    return set(asked.scopes) - set(consent.scopes if consent is not None else ())


def answer(*, request: HttpRequest, actor: Actor, user: User, query: str, allow: bool) -> str:
    """The person has decided on the consent page; where the browser goes now.

    Raises what `read` raises, and FreshProofRequired when the program wants to be sure who sits there.
    """
    asked = read(query)
    if not allow:
        return asked.refuse("access_denied")
    if asked.wants_proof and not actor.is_fresh:
        raise FreshProofRequired
    programs.allow(actor=actor, program=asked.program, scope_codes=asked.scopes)
    return issue_code(request=request, asked=asked, user=user)


def issue_code(*, request: HttpRequest, asked: Asked, user: User) -> str:
    """Make a code for what was asked; the redirect address with it, `state` and `iss` (RFC 9207)."""
    assert context.request is not None  # allauth keeps its state of the flow there
    uri = f"{AUTHORIZE}?{asked.flow_query}"
    headers, _body, _status = get_server().create_authorization_response(
        uri, "GET", None, {}, scopes=asked.scopes, credentials={"user": user}
    )
    return _with(str(headers["Location"]), {"iss": settings.PUBLIC_URL})


def _values(query: str) -> dict[str, str]:
    if len(query) > MAX_QUERY or not query.isprintable():
        raise AuthorizationMalformed
    try:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=40, errors="strict")
    except ValueError as problem:
        raise AuthorizationMalformed from problem
    values = dict(pairs)
    if len(values) != len(pairs) or not all(value.isprintable() for value in values.values()):
        raise AuthorizationMalformed
    return {name: value for name, value in values.items() if value}


def _program(client_id: str) -> Program:
    found = Program.objects.select_related("client", "organisation").filter(
        client_id=client_id, revoked_at__isnull=True
    )
    program = found.first()
    if program is None:
        raise AuthorizationMalformed
    return program


def _with(address: str, extra: dict[str, Any]) -> str:
    parts = urlsplit(address)
    query = f"{parts.query}&{urlencode(extra)}" if parts.query else urlencode(extra)
    return urlunsplit(parts._replace(query=query))
