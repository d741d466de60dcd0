"""Failures that people meet while working with debts and payments."""

from django.utils.translation import gettext_lazy as _

from kenes.foundation.errors import Conflict, NotFound


class DebtNotFound(NotFound):
    code = "debt.not_found"
    title = _("Debt not found")
    detail = _("There is no such debt, or it is not yours.")


class ScheduleNotFound(NotFound):
    code = "debt.schedule_not_found"
    detail = _("This debt has no such payment schedule.")


class PaymentNotFound(NotFound):
    code = "debt.payment_not_found"
    detail = _("There is no such payment in the present schedules of this debt.")


class DebtAlreadySent(Conflict):
    """The borrower edits the contract only until the letter about it has left; sums may be told anew at any time."""

    code = "debt.already_sent"
    title = _("The letter has been sent")
    detail = _(
        "The letter about this debt has been sent, so its contract data stay as they are. Tell the new sums, or ask the manager."
    )


class DebtClosed(Conflict):
    code = "debt.case_ended"
    detail = _("The case has ended: its debts are no longer changed.")


class PaymentAlreadyConfirmed(Conflict):
    code = "debt.payment_confirmed"
    detail = _("This payment has been confirmed; the mark can no longer be changed.")


class ScheduleHasPayments(Conflict):
    """A schedule in which payments are marked is replaced only when the caller says so."""

    code = "debt.schedule_has_payments"
    title = _("Payments are marked in this schedule")
    detail = _(
        "Payments have been marked in the present schedule. Confirm that a new one takes its place; the marks stay in the history."
    )
