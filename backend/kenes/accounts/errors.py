"""Failures of accounts that a person can meet."""

from django.utils.translation import gettext_lazy as _

from kenes.foundation.errors import Conflict, KenesError, NotFound, Unavailable


class PersonNotFound(NotFound):
    code = "accounts.person_not_found"


class BadCredentials(KenesError):
    """Also for an unknown e-mail and for a deactivated account, so that nobody can tell them apart."""

    code = "auth.bad_credentials"
    status = 400
    title = _("Sign-in did not work")
    detail = _("The e-mail or the password is wrong.")


class SecondStepRequired(KenesError):
    """`methods` names the ways: "totp", "passkey", "recovery_code"."""

    code = "auth.second_step_required"
    status = 401
    title = _("One more step")
    detail = _("Confirm the sign-in with your second step.")


class AlreadySignedIn(Conflict):
    code = "auth.already_signed_in"
    detail = _("You are already signed in.")


class CodeSpent(Conflict):
    code = "auth.code_spent"
    title = _("No tries left")
    detail = _("The code was wrong three times. Ask for a new code.")


class CodeExpired(Conflict):
    code = "auth.code_expired"
    title = _("The code is out of date")
    detail = _("The code is no longer valid. Ask for a new code.")


class NoMoreResends(Conflict):
    code = "auth.no_more_resends"
    title = _("No more codes for this attempt")
    detail = _("The code was already sent again twice. Start again with your number.")


class SignInBusy(Unavailable):
    code = "auth.busy"
    detail = _("The previous attempt is still being handled. Please try again.")


class IinTaken(Conflict):
    code = "accounts.iin_taken"
    title = _("This IIN is already in use")
    detail = _(
        "An account with this IIN already exists. Sign in with the phone number of that account or write to us."
    )


class PhoneNotConfirmed(Conflict):
    code = "accounts.phone_not_confirmed"
    detail = _("Confirm your phone number first.")


class ConsentTextChanged(Conflict):
    code = "consent.text_changed"
    title = _("The text has changed")
    detail = _("The text has been changed since you opened it. Please read the new one.")


class ConsentCodeSpent(Conflict):
    code = "consent.code_spent"
    title = _("No tries left")
    detail = _("The code was wrong too many times. Ask for a new code.")


class ConsentCodeExpired(Conflict):
    code = "consent.code_expired"
    title = _("The code is out of date")
    detail = _("The code is no longer valid. Ask for a new code.")


class PublishedTextChanged(Exception):
    """A text of a published version differs from its file: a change needs a new version number."""
