"""Which numbers get codes."""

from django.utils.translation import gettext_lazy as _

from kenes.foundation.errors import FieldError, FieldErrors
from kenes.foundation.values import PhoneNumber


def require_mobile(phone: PhoneNumber) -> None:
    """FieldErrors (/phone) for anything but a mobile number of Kazakhstan.

    Numbers abroad and premium lines are how SMS pumping works.
    """
    if not str(phone).startswith("+77"):
        detail = _("Give a mobile number of Kazakhstan: it begins with +7 7.")
        raise FieldErrors([FieldError("/phone", "not_mobile", detail)])
