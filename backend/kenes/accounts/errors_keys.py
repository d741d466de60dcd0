"""Failures of sign-in and of confirming the own ИИН by a signature key (ЭЦП)."""

from django.utils.translation import gettext_lazy as _

from kenes.foundation.errors import Conflict, KenesError


class ChallengeGone(Conflict):
    """Used, too old, asked for in another browser or for another purpose: all the same."""

    code = "auth.eds_challenge_gone"
    title = _("Start again")
    detail = _("This took too long or was already used. Start again.")


class KeyUnknown(KenesError):
    """No open account with this proved ИИН; the same for none, a typed ИИН, a closed account and a program's."""

    code = "auth.eds_unknown"
    status = 400
    title = _("This key opens no account yet")
    detail = _(
        "No account is connected with this key yet. Sign in or sign up with your phone number, "
        "then confirm your IIN by ЭЦП in your account."
    )


class OtherIin(Conflict):
    code = "auth.eds_other_iin"
    title = _("The certificate belongs to another person")
    detail = _("The IIN in the certificate is not the one in your account. Choose your own key.")
