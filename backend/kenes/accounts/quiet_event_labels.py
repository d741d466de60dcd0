"""Titles of events that stand in no history of a case or person: of the law, creditors, files and messages.

Programs that follow the log and the lists of event types show them by these words.
"""

from django.utils.translation import gettext_lazy as _

from kenes.accounts.event_labels import TITLES

TITLES.update(
    {
        "case.letter_given": _("Letter given to somebody of the creditor"),
        "creditor.added": _("Creditor added"),
        "creditor.address_added": _("Address of a creditor added"),
        "creditor.address_confirmed": _("Address of a creditor confirmed"),
        "creditor.organisation_set": _("Organisation of a creditor set"),
        "file.blocked": _("File blocked by the virus check"),
        "file.cleared": _("File passed the virus check"),
        "file.link_issued": _("Link to a file given"),
        "file.opened": _("File opened through a link"),
        "file.text_read": _("Text of a file read"),
        "law.change_drafted": _("Change of the law proposed"),
        "law.change_edited": _("Proposal to change the law edited"),
        "law.change_submitted": _("Proposal to change the law waits for approval"),
        "law.change_approved": _("Proposal to change the law approved"),
        "law.change_rejected": _("Proposal to change the law refused"),
        "law.change_withdrawn": _("Proposal to change the law taken back"),
        "law.change_applied": _("Change of the law switched on"),
        "message.accepted": _("Message accepted for delivery"),
        "message.delivered": _("Message delivered"),
        "message.failed": _("Message could not be sent"),
        "template.drafted": _("Edition of a template uploaded"),
        "template.edited": _("Edition of a template changed"),
        "template.proposed": _("Edition of a template waits for approval"),
        "template.remark_checked": _("Remark for lawyers looked at"),
        "template.approved": _("Edition of a template approved"),
        "template.rejected": _("Edition of a template sent back"),
        "template.withdrawn": _("Edition of a template taken back"),
        "template.in_force": _("Edition of a template in force"),
        "signature.signed": _("Document signed"),
        "signature.asked": _("Asked to sign"),
        "signature.reminded": _("Reminded to sign"),
        "signature.text_shown": _("Document read to its end before signing"),
    }
)
