"""Addresses of the OpenID Connect provider that browsers and programs call: authorisation and tokens."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.contrib.auth import get_user
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt
from rest_framework.request import Request

from kenes.accounts import oidc_exchange, oidc_provider, selectors
from kenes.accounts.errors_tokens import AuthorizationMalformed
from kenes.accounts.models import User
from kenes.foundation import problems
from kenes.foundation.actor import Actor
from kenes.foundation.errors import NotFound

SIGN_IN_PAGE = "/sign-in"


@csrf_exempt
def authorize(request: HttpRequest) -> HttpResponse:
    """Where a program sends the browser. Answers with a redirect, whatever happens; nothing is shown here."""
    if request.method not in {"GET", "HEAD"}:
        # OpenID Connect allows a POST from the program's page: the same question as a GET.
        if request.method != "POST":
            return problems.response(problems.MethodNotAllowed())
        query = request.POST.urlencode()
    else:
        query = request.META.get("QUERY_STRING", "")
    try:
        target = _target(request, query)
    except AuthorizationMalformed:
        target = f"{oidc_provider.CONSENT_PAGE}?{urlencode({'error': 'bad_request'})}"
    except oidc_provider.RefusedToProgram as refusal:
        target = refusal.redirect_to
    # Not HttpResponseRedirect: apps have schemes of their own, which have been checked at registration.
    response = HttpResponse(status=302, headers={"Location": target, "Referrer-Policy": "no-referrer"})
    add_never_cache_headers(response)
    return response


def _target(request: HttpRequest, query: str) -> str:
    asked = oidc_provider.read(query)
    silent = "none" in asked.prompts
    user, actor = _who(request)
    if user is None:
        if silent:
            return asked.refuse("login_required")
        return f"{SIGN_IN_PAGE}?{urlencode({'next': f'{oidc_provider.AUTHORIZE}?{asked.query}'})}"
    may_decide = actor.viewed_by is None and not actor.held_back
    must_ask = bool({"consent", "login", "select_account"} & asked.prompts) or asked.wants_proof
    if may_decide and not must_ask and not oidc_provider.new_scopes(asked, user):
        return oidc_provider.issue_code(request=request, asked=asked, user=user)
    if silent:
        return asked.refuse("consent_required" if may_decide else "interaction_required")
    return f"{oidc_provider.CONSENT_PAGE}?{asked.query}"


def _who(request: HttpRequest) -> tuple[User | None, Actor]:
    # Without authenticators: a program's page may come here by POST without our CSRF token, and nothing is changed by it.
    api_request = Request(request)
    user = get_user(request)
    api_request.user, api_request.auth = user, None
    actor = selectors.actor_for_request(api_request)
    return (user if isinstance(user, User) and actor.is_signed_in else None), actor


@csrf_exempt
def token(request: HttpRequest) -> HttpResponseBase:
    """Exchange of a code, a refresh token or the program's own secret for tokens."""
    if request.method != "POST":
        return problems.response(problems.MethodNotAllowed())
    return oidc_exchange.exchange(request)


def guarded(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """An address of allauth that programs call with texts of any kind: what no column can hold is refused first."""

    @csrf_exempt
    @wraps(view)
    def run(request: HttpRequest) -> HttpResponseBase:
        values = (*request.GET.values(), *request.POST.values())
        if not oidc_exchange.is_plain_basic(request) or not all(map(oidc_exchange.is_plain, values)):
            return JsonResponse({"error": "invalid_request"}, status=400)
        return view(request)

    return run


def closed(request: HttpRequest) -> HttpResponse:
    """An address of allauth's provider that we do not open (device flow, logout by programs)."""
    return problems.response(NotFound())
