"""Failures of the registry of lenders."""

from django.utils.translation import gettext_lazy as _

from kenes.foundation.errors import Conflict, NotFound


class CreditorNotFound(NotFound):
    code = "creditor.not_found"
    title = _("Creditor not found")
    detail = _("There is no such creditor.")


class AddressNotFound(NotFound):
    code = "creditor.address_not_found"
    title = _("Address not found")
    detail = _("This creditor has no such address.")


class AddressAlreadyConfirmed(Conflict):
    """The same confirmation again; a screen treats it as success."""

    code = "creditor.address_already_confirmed"
    detail = _("This address is already confirmed.")
