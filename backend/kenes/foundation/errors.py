"""Named failures. `code` is for programs and stays; `title` and `detail` are for people, in their language."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


class KenesError(Exception):
    """Base of every failure a caller can meet. Extra keyword values go into the answer and into `detail` by %."""

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 400
    title: ClassVar[Text] = _("This did not work")
    detail: ClassVar[Text] = _("Something in the request is not right.")
    # Headers of the answer, such as WWW-Authenticate.
    headers: ClassVar[dict[str, str]] = {}

    # Run by the API once the failed work is rolled back: for what must be written down although nothing was done.
    aftermath: Callable[[], None] | None = None

    def __init__(self, **extra: Any) -> None:
        self.extra = extra
        super().__init__(self.code)

    def text(self) -> str:
        return str(self.detail) % self.extra if self.extra else str(self.detail)


class NotFound(KenesError):
    code = "not_found"
    status = 404
    title = _("Not found")
    detail = _("There is nothing here for you.")


class SignInRequired(KenesError):
    code = "sign_in_required"
    status = 401
    title = _("Please sign in")
    detail = _("Sign in to go on.")


class Forbidden(KenesError):
    code = "forbidden"
    status = 403
    title = _("Not allowed")
    detail = _("You may not do this.")


class SecondFactorRequired(Forbidden):
    """`enrolled` says whether the person has one already and must use it, or must first set one up."""

    code = "auth.second_factor_required"
    title = _("Second step needed")
    detail = _("Your role works only with a second step at sign-in. Set it up to go on.")


class FreshProofRequired(Forbidden):
    code = "auth.proof_required"
    title = _("Confirm that it is you")
    detail = _("This is a sensitive action. Confirm that it is you and it goes on.")


class ViewingOnly(Forbidden):
    code = "auth.viewing_only"
    title = _("Only looking")
    detail = _("You are looking through another person's eyes. Nothing can be changed here.")


class ScopeMissing(Forbidden):
    """`scope` is the permission that the token lacks; empty where no token gets in at all."""

    code = "auth.scope_missing"
    title = _("The token does not cover this")
    detail = _("This access token does not cover this part of the API.")


class Conflict(KenesError):
    code = "conflict"
    status = 409
    title = _("Not possible in this state")
    detail = _("This is not possible now.")


class Throttled(KenesError):
    """`retry_after` is in seconds and becomes the Retry-After header."""

    code = "throttled"
    status = 429
    title = _("Too many requests")
    detail = _("Please wait a little and try again.")

    def __init__(self, retry_after: int = 60, **extra: Any) -> None:
        super().__init__(retry_after=retry_after, **extra)


class Unavailable(KenesError):
    code = "unavailable"
    status = 503
    title = _("Temporarily unavailable")
    detail = _("A part of the service does not answer. Please try again in a minute.")

    def __init__(self, retry_after: int = 30, **extra: Any) -> None:
        super().__init__(retry_after=retry_after, **extra)


class Malformed(KenesError):
    code = "malformed"
    status = 400
    title = _("The request cannot be read")
    detail = _("The request cannot be read.")


class TooLarge(KenesError):
    code = "too_large"
    status = 413
    title = _("Too large")
    detail = _("This is larger than allowed.")


class KeyReused(KenesError):
    code = "idempotency.key_reused"
    status = 422
    title = _("Key used for another request")
    detail = _("This Idempotency-Key was already used for a different request.")


@dataclass(frozen=True, slots=True)
class FieldError:
    """One wrong field: JSON pointer into the body, stable code, text for the person."""

    pointer: str
    code: str
    detail: Text
    extra: dict[str, Any] | None = None


class FieldErrors(KenesError):
    """Everything wrong with the fields of one request at once."""

    code = "validation"
    status = 400
    title = _("Please check the form")
    detail = _("Some answers need a correction.")

    def __init__(self, errors: list[FieldError]) -> None:
        super().__init__()
        self.errors = errors
