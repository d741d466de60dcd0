"""Failures that creditors and borrowers meet while they answer each other."""

from django.utils.translation import gettext_lazy as _

from kenes.foundation.errors import Conflict, NotFound


class LetterNotFound(NotFound):
    """Also for letters of others: nobody learns that there are any."""

    code = "letter.not_found"
    title = _("Letter not found")
    detail = _("There is no such letter, or it was not sent to your organisation.")


class AnswerNotFound(NotFound):
    code = "answer.not_found"
    detail = _("There is no such answer in this case.")


class AnswerNotPossible(Conflict):
    """`current_state` is that of the procedure."""

    code = "answer.not_possible"
    title = _("This answer is not possible now")
    detail = _("The state of the letter has changed meanwhile. Look at it and choose again.")


class AnswerChanged(Conflict):
    """The other side has answered meanwhile: look first."""

    code = "answer.changed_meanwhile"
    title = _("There is a newer answer")
    detail = _("The creditor has sent another answer meanwhile. Look at it first.")


class OfferExpired(Conflict):
    code = "answer.offer_expired"
    title = _("The offer is no longer valid")
    detail = _("The day until which the offer was valid has passed. Ask the creditor to renew it.")


class RoundsUsedUp(Conflict):
    """`rounds` is how many counter-offers are possible for one debt."""

    code = "answer.rounds_used_up"
    title = _("No more counter-offers")
    detail = _("You have already made %(rounds)s counter-offers. Accept the offer or decline it.")


class LetterAlreadyRegistered(Conflict):
    """The same click again; a screen treats it as success."""

    code = "letter.already_registered"
    detail = _("This letter has already been registered.")


class PaperNotFound(NotFound):
    code = "answer.paper_not_found"
    detail = _("The creditor has not asked for such a paper.")


class PapersMissing(Conflict):
    """`missing` is how many papers have neither a file nor a word why not."""

    code = "answer.papers_missing"
    title = _("Papers are missing")
    detail = _("Add a file to each paper, or say why you cannot.")
