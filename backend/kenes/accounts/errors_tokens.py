"""Failures of tokens, partner programs and outside login."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from kenes.foundation.errors import Conflict, KenesError, NotFound


class TokenInvalid(KenesError):
    """A bearer token that is unknown, ended or taken back. Never a reason to look at the cookie instead."""

    code = "auth.token_invalid"
    status = 401
    title = _("Please sign in")
    detail = _("The access token is not valid or has ended.")
    headers: ClassVar[dict[str, str]] = {"WWW-Authenticate": 'Bearer error="invalid_token"'}


class RefreshRaced(Conflict):
    """Two refreshes at once: the other one has won, and its answer holds the token to use."""

    code = "auth.refresh_raced"
    detail = _("This refresh token was just exchanged by another request. Use the newer one.")


class ProgramNotFound(NotFound):
    code = "programs.not_found"


class ProgramRevoked(Conflict):
    code = "programs.revoked"
    detail = _("This program was shut out and stays so. Register a new one.")


class AuthorizationMalformed(KenesError):
    """The request of a program cannot be trusted so far that the browser could be sent back to it."""

    code = "oauth.bad_request"
    title = _("The program asked wrongly")
    detail = _("The program that sent you here asked in a wrong way. Tell its makers.")


class OnlyWayIn(Conflict):
    code = "connections.only_way_in"
    detail = _("This is your only way to sign in. Add a phone number or a password first.")


class ConnectionNotFound(NotFound):
    code = "connections.not_found"
