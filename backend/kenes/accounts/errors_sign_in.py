"""Failures of the second step, proofs, recovery and second factors."""

from django.utils.translation import gettext_lazy as _

from kenes.foundation.errors import Conflict, KenesError


class SecondStepExpired(Conflict):
    code = "auth.second_step_expired"
    title = _("Sign in again")
    detail = _("The sign-in took too long or was already finished. Start again.")


class PasskeyRefused(KenesError):
    """The same for an unknown key, another site, a wrong challenge and a closed account."""

    code = "auth.passkey_refused"
    status = 400
    title = _("The passkey did not work")
    detail = _("The passkey was not accepted. Try again or sign in another way.")


class FactorNotStarted(Conflict):
    code = "auth.factor_not_started"
    title = _("Start again")
    detail = _("Setting up was not started or took too long. Start again.")


class FactorNotFound(KenesError):
    code = "auth.factor_not_found"
    status = 404
    title = _("Not found")
    detail = _("This second factor does not exist any more.")


class LastFactor(Conflict):
    code = "auth.last_factor"
    title = _("The last second factor")
    detail = _("Your role needs a second factor. Add another one first, then remove this one.")


class NoSecondFactor(Conflict):
    code = "auth.no_second_factor"
    detail = _("Recovery codes belong to a second factor. Set one up first.")


class ProofNotPossible(Conflict):
    code = "auth.proof_not_possible"
    detail = _("You cannot confirm in this way. Choose another one.")


class PhoneTaken(Conflict):
    code = "accounts.phone_taken"
    title = _("The number belongs to another account")
    detail = _("Another account has this number. Sign in with that number or write to us.")


class EmailTaken(Conflict):
    code = "accounts.email_taken"
    title = _("The address belongs to another account")
    detail = _("Another account has this e-mail. Sign in with it or write to us.")


class LastWayIn(Conflict):
    code = "auth.last_way_in"
    title = _("The last way to sign in")
    detail = _("You could not sign in any more without this. Add another way first.")


class LiveSessionNotFound(KenesError):
    code = "auth.session_not_found"
    status = 404
    title = _("Not found")
    detail = _("This session has already ended.")
