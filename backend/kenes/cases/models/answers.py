"""What a creditor does with a letter and what the two sides say to each other about it, in structured form."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kenes.cases.models.case import Case
from kenes.cases.models.debts import Obligation
from kenes.cases.models.people import CaseShare
from kenes.cases.models.procedures import Track
from kenes.creditors.models import Creditor
from kenes.foundation.fields import EncryptedTextField
from kenes.foundation.identifiers import new_id


class AnswerKind(models.TextChoices):
    """What a creditor answers."""

    AGREE = "agree", _("Agrees to what was asked for")
    OFFER = "offer", _("Offers other terms")
    PAPERS = "papers", _("Asks for papers")
    REFUSE = "refuse", _("Refuses")


class AnswerSource(models.TextChoices):
    """How the answer got here."""

    ROOM = "room", _("Given by the creditor here")
    PAPER = "paper", _("Entered by a manager from a paper answer")


class RefusalReason(models.TextChoices):
    """Why a creditor refuses; words go with it, because the law asks for a reasoned refusal."""

    INCOME_NOT_PROVED = "INCOME_NOT_PROVED", _("The fall of income is not proved")
    INCOME_SUFFICIENT = "INCOME_SUFFICIENT", _("The income is enough for the present payment")
    HARDSHIP_NOT_PROVED = "HARDSHIP_NOT_PROVED", _("The reason named is not proved")
    TERMS_NOT_AFFORDABLE = "TERMS_NOT_AFFORDABLE", _("New terms could not be kept either")
    CHANGED_BEFORE = "CHANGED_BEFORE", _("The terms were changed before and were not kept")
    DEBT_SOLD = "DEBT_SOLD", _("The claim was passed on to another creditor")
    IN_COURT = "IN_COURT", _("The dispute is before a court")
    NOT_OUR_CLIENT = "NOT_OUR_CLIENT", _("There is no such contract")
    OTHER = "OTHER", _("Another reason")


class PaperCode(models.TextChoices):
    """Papers that creditors commonly ask for; anything else by free words."""

    IDENTITY = "IDENTITY", _("Identity card")
    INCOME_CERTIFICATE = "INCOME_CERTIFICATE", _("Certificate of income for the last 6 months")
    PENSION_STATEMENT = "PENSION_STATEMENT", _("Statement of pension contributions")
    DISMISSAL_ORDER = "DISMISSAL_ORDER", _("Order of dismissal or registration as unemployed")
    MEDICAL_PAPERS = "MEDICAL_PAPERS", _("Medical papers")
    DISABILITY_CERTIFICATE = "DISABILITY_CERTIFICATE", _("Certificate of disability")
    SOCIAL_AID_CERTIFICATE = "SOCIAL_AID_CERTIFICATE", _("Certificate of targeted social aid")
    BIRTH_CERTIFICATES = "BIRTH_CERTIFICATES", _("Birth certificates of children")
    DEATH_CERTIFICATE = "DEATH_CERTIFICATE", _("Death certificate")
    CREDIT_REPORT = "CREDIT_REPORT", _("Credit report")
    BANK_STATEMENT = "BANK_STATEMENT", _("Statements of accounts in other banks")
    COLLATERAL_VALUATION = "COLLATERAL_VALUATION", _("Valuation of the pledge")
    OTHER = "OTHER", _("Another paper")


class ReplyKind(models.TextChoices):
    """What a borrower says to an offer."""

    ACCEPT = "accept", _("Accepts the offer")
    COUNTER = "counter", _("Proposes other terms")
    DECLINE = "decline", _("Declines the offer")


class IncomingLetter(models.Model):
    """A letter in the books of the creditor: own number, day of receipt, who works on it. Made when somebody first does."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    share = models.OneToOneField(CaseShare, on_delete=models.CASCADE, related_name="incoming")
    number = models.CharField(max_length=60, blank=True, default="")
    received_on = models.DateField(null=True)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    registered_at = models.DateTimeField(null=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    # The first answer and the last day for it, as they were then: the figures of the organisation's own statistics.
    answered_on = models.DateField(null=True)
    answer_due = models.DateField(null=True)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(registered_at__isnull=True, number="") | Q(registered_at__isnull=False),
                name="incoming_number_is_registered",
            )
        ]
        indexes = [models.Index(fields=["assignee", "share"], name="incoming_assignee")]


class CreditorAnswer(models.Model):
    """One answer of a creditor about one debt. Never changed: a new one takes the place of the one before."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="answers")
    obligation = models.ForeignKey(Obligation, on_delete=models.CASCADE, related_name="answers")
    track = models.ForeignKey(Track, on_delete=models.CASCADE, related_name="answers")
    creditor = models.ForeignKey(Creditor, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=AnswerKind.choices)
    source = models.CharField(max_length=8, choices=AnswerSource.choices, default=AnswerSource.ROOM)
    words = EncryptedTextField(default="")
    reason_code = models.CharField(max_length=30, choices=RefusalReason.choices, blank=True, default="")
    # Rates in percent a year, sums in tiyn, schedule as rows: see `offers`.
    terms = models.JSONField(null=True)
    schedule = models.JSONField(null=True)
    valid_until = models.DateField(null=True)
    outgoing_number = models.CharField(max_length=60, blank=True, default="")
    file_id = models.UUIDField(null=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)
    expired_at = models.DateTimeField(null=True)
    # When the borrower handed over the papers that this answer asked for; the creditor reads them from then on.
    papers_given_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["track", "version"], name="answer_version"),
            models.UniqueConstraint(
                fields=["track"], condition=Q(superseded_at__isnull=True), name="answer_current_once"
            ),
            models.CheckConstraint(
                condition=~Q(kind=AnswerKind.REFUSE) | ~Q(reason_code=""), name="answer_refusal_has_reason"
            ),
            models.CheckConstraint(
                condition=~Q(kind=AnswerKind.OFFER) | Q(terms__isnull=False, valid_until__isnull=False),
                name="answer_offer_has_terms",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "given_at"], name="answer_of_case"),
            models.Index(
                fields=["valid_until"],
                condition=Q(kind=AnswerKind.OFFER, superseded_at__isnull=True, expired_at__isnull=True),
                name="answer_offer_open",
            ),
        ]


class RequestedPaper(models.Model):
    """A paper that a creditor asks for, and the file that the borrower gave in answer."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    answer = models.ForeignKey(CreditorAnswer, on_delete=models.CASCADE, related_name="papers")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=30, choices=PaperCode.choices)
    text = EncryptedTextField(default="")
    file_id = models.UUIDField(null=True)
    # The borrower cannot give it and says why, instead of a file.
    excuse = EncryptedTextField(default="")
    given_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["answer", "position"], name="paper_position")]


class OfferReply(models.Model):
    """What the borrower said to an offer; a counter-offer has terms of its own and counts a round."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    answer = models.ForeignKey(CreditorAnswer, on_delete=models.CASCADE, related_name="replies")
    kind = models.CharField(max_length=8, choices=ReplyKind.choices)
    round = models.PositiveSmallIntegerField(default=0)
    terms = models.JSONField(null=True)
    words = EncryptedTextField(default="")
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["answer"], name="reply_once")]
