"""Failures of sending that a person can meet."""

from django.utils.translation import gettext_lazy as _

from kenes.foundation.errors import KenesError, NotFound, TooLarge


class MessageNotFound(NotFound):
    code = "messaging.message_not_found"


class PhoneNotReachable(KenesError):
    code = "messaging.phone_not_reachable"
    title = _("Messages cannot be sent to this number")
    detail = _("Text messages go to mobile numbers of Kazakhstan only: they begin with +7 7.")


class EmailAddressWrong(KenesError):
    code = "messaging.email_address_wrong"
    title = _("The e-mail address is wrong")
    detail = _("Please check the e-mail address, for example name@example.kz.")


class AttachmentsTooLarge(TooLarge):
    code = "messaging.attachments_too_large"
    title = _("The attachments are too large")
    detail = _("The files of one letter may take %(limit_megabytes)s MB together.")


class MessageTooLong(KenesError):
    code = "messaging.too_long"
    title = _("The message is too long")
    detail = _("The text does not fit into a text message.")
