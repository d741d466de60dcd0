"""Tables of letters: template versions, documents with their files, dispatches and their proof."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from kenes.cases.models import Case, JobRow, ListJob, Obligation, Track
from kenes.creditors.models import Creditor
from kenes.documents.editing.models import TemplateTrial as TemplateTrial
from kenes.documents.editing.models import TemplateVersion as TemplateVersion
from kenes.documents.states import PUT_ASIDE, SIGNED_STATUSES, DispatchStatus, DocumentStatus
from kenes.files.models import StoredFile
from kenes.foundation.fields import EncryptedJSONField, EncryptedTextField
from kenes.foundation.identifiers import new_id


class Document(models.Model):
    """A document in one language. The text that is signed and its translation share number and `group`.

    Of one case, template version and content there is one that counts (`data_hash`, keyed). `sha256` is of the PDF that is shown: that is what a signature binds. `sizes` are page sizes in pixels of the
    pictures, page by page.
    """

    Status = DocumentStatus

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    # Neither for a document of the whole case that belongs to no procedure.
    track = models.ForeignKey(Track, on_delete=models.PROTECT, null=True, related_name="+")
    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, null=True, related_name="+")
    code = models.CharField(max_length=40)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    number = models.CharField(max_length=24)
    group = models.UUIDField()
    translation_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="translations"
    )
    status = models.CharField(max_length=14, choices=DocumentStatus.choices, default=DocumentStatus.PREPARING)
    template = models.ForeignKey(TemplateVersion, on_delete=models.PROTECT, related_name="+")
    content = EncryptedJSONField()
    text = EncryptedTextField(default="")
    docx_file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    pdf_file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    sealed_file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    sha256 = models.CharField(max_length=64, blank=True, default="", db_index=True)
    data_hash = models.CharField(max_length=64, blank=True, default="", db_default="")
    sizes = models.JSONField(default=list)
    failure = models.CharField(max_length=60, blank=True, default="")
    created_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True)
    sealed_at = models.DateTimeField(null=True)
    # The version that this one takes the place of; a signed one stays what it is, and this one names it.
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    # Why this version was made, and why nobody needs it: words of a person, shown in the history.
    reason = EncryptedTextField(null=True)
    void_reason = EncryptedTextField(null=True)
    # PDF/A-2b, made when it is first asked for; never in place of the bytes that were signed.
    archival_file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    archival_failure = models.CharField(max_length=60, blank=True, default="", db_default="")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(status__in=DocumentStatus.values), name="document_status_known"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[DocumentStatus.READY_TO_SIGN, *sorted(SIGNED_STATUSES)])
                | Q(docx_file__isnull=False, pdf_file__isnull=False, sha256__regex=r"^[0-9a-f]{64}$"),
                name="document_ready_has_files",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[DocumentStatus.SIGNED, DocumentStatus.SEALED])
                | Q(signed_at__isnull=False, translation_of__isnull=True),
                name="document_signed_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(status=DocumentStatus.SEALED) | Q(sealed_file__isnull=False),
                name="document_sealed_has_file",
            ),
            models.UniqueConstraint(fields=["number", "language"], name="document_number_once"),
            models.UniqueConstraint(
                fields=["track", "obligation", "code", "language"],
                nulls_distinct=False,
                condition=Q(
                    status__in=[DocumentStatus.PREPARING, DocumentStatus.READY_TO_SIGN, DocumentStatus.FAILED]
                )
                # A translation waits unsigned beside a text that is signed already.
                & Q(track__isnull=False, translation_of__isnull=True),
                name="document_one_unsigned_per_track",
            ),
            models.UniqueConstraint(
                fields=["case", "template", "data_hash"],
                condition=~Q(status__in=sorted(PUT_ASIDE)) & ~Q(data_hash=""),
                name="document_once_per_content",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["case", "created_at"], name="document_of_case"),
            models.Index(fields=["group"], name="document_of_group"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.language}"

    @property
    def pages(self) -> int:
        return len(self.sizes)

    @property
    def needs_signature(self) -> bool:
        return self.translation_of_id is None


class DocumentDraft(models.Model):
    """Answers of the interview for a document that is not made yet, kept until it is; saved and resumed by anybody who may.

    `document` is what was made of it; `revises` is the document whose new version it will be, `reason` why.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    track = models.ForeignKey(Track, on_delete=models.CASCADE, null=True, related_name="+")
    obligation = models.ForeignKey(Obligation, on_delete=models.CASCADE, null=True, related_name="+")
    code = models.CharField(max_length=40)
    answers = EncryptedJSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    revises = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    reason = EncryptedTextField(null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    discarded_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["case", "code", "obligation"],
                nulls_distinct=False,
                condition=Q(document__isnull=True, discarded_at__isnull=True),
                name="document_draft_one_open",
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["case", "created_at"], name="document_draft_of_case")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.pk}"


class DocumentPage(models.Model):
    """Picture of a page, drawn when it is first looked at."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+")
    page = models.PositiveSmallIntegerField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["document", "page"], name="document_page_once")
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.page}"


class Dispatch(models.Model):
    """Sending of a signed letter to the creditor. `round` counts how often it was handed over for sending.

    `message_id` names the message of the last round; the address is the one the letter left to.
    """

    Status = DispatchStatus

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="dispatch")
    creditor = models.ForeignKey(Creditor, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, default="email")
    status = models.CharField(
        max_length=16, choices=DispatchStatus.choices, default=DispatchStatus.WAITING_ADDRESS
    )
    address = EncryptedTextField(default="")
    round = models.PositiveSmallIntegerField(default=0)
    message_id = models.UUIDField(null=True, unique=True)
    accepted_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=60, blank=True, default="")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(status__in=DispatchStatus.values), name="dispatch_status_known"
            ),
            models.CheckConstraint(
                condition=~Q(status=DispatchStatus.ACCEPTED) | Q(accepted_at__isnull=False),
                name="dispatch_accepted_has_time",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["creditor"],
                condition=Q(status=DispatchStatus.WAITING_ADDRESS),
                name="dispatch_waiting",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class PackageStatus(models.TextChoices):
    """How far the package of a letter is. A letter never waits for a package that FAILED."""

    CHOOSING = "choosing"
    PREPARING = "preparing"
    READY = "ready"
    FAILED = "failed"


class DocumentPackage(models.Model):
    """What goes along with a letter: the papers that were chosen, and one PDF of everything with a table of contents.

    `papers` are places of papers of the case (`packages.papers`) in order; `outline` tells where each part begins. `version`
    grows with every choice, `made_version` is the one that the files show. The sheet of proof joins when the letter has left.
    """

    Status = PackageStatus

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    document = models.OneToOneField(Document, on_delete=models.CASCADE, related_name="package")
    status = models.CharField(max_length=9, choices=PackageStatus.choices, default=PackageStatus.CHOOSING)
    papers = models.JSONField(default=list)
    is_chosen = models.BooleanField(default=False)
    cover_file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    proof_file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    pdf_file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    outline = EncryptedJSONField(default=list)
    pages = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    made_version = models.PositiveIntegerField(default=0)
    # State and round of the dispatch that the sheet of proof was ordered for: it is ordered once for each.
    proof_of = models.CharField(max_length=24, blank=True, default="", db_default="")
    failure = models.CharField(max_length=60, blank=True, default="")
    updated_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(status__in=PackageStatus.values), name="document_package_status_known"
            ),
            models.CheckConstraint(
                condition=~Q(status=PackageStatus.READY) | Q(pdf_file__isnull=False),
                name="document_package_ready_has_file",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class BatchItem(models.Model):
    """One document of a piece of long work: which debt a row of the report is about, and what was made."""

    row = models.OneToOneField(JobRow, on_delete=models.CASCADE, primary_key=True, related_name="+")
    job = models.ForeignKey(ListJob, on_delete=models.CASCADE, related_name="+")
    obligation = models.ForeignKey(Obligation, on_delete=models.CASCADE, null=True, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return str(self.pk)


class ExportKind(models.TextChoices):
    """What a file of a case is: the report alone, or everything that its reader may take along."""

    PDF = "pdf"
    ZIP = "zip"


class ExportStatus(models.TextChoices):
    """How far a file of a case is."""

    QUEUED = "queued"
    RUNNING = "running"
    READY = "ready"
    FAILED = "failed"
    EXPIRED = "expired"


class CaseExport(models.Model):
    """A file about a case, made for one reader with just what he may see, kept for some days."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=3, choices=ExportKind.choices)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    status = models.CharField(max_length=8, choices=ExportStatus.choices, default=ExportStatus.QUEUED)
    progress_percent = models.PositiveSmallIntegerField(default=0)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    failure = models.CharField(max_length=60, blank=True, default="")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(kind__in=["pdf", "zip"]), name="case_export_kind_known"),
            models.CheckConstraint(
                condition=Q(status__in=["queued", "running", "ready", "failed", "expired"]),
                name="case_export_status_known",
            ),
            models.CheckConstraint(
                condition=~Q(status="ready") | Q(file__isnull=False, expires_at__isnull=False),
                name="case_export_ready_has_file",
            ),
            models.UniqueConstraint(
                fields=["case", "requested_by", "kind", "language"],
                condition=Q(status__in=["queued", "running"]),
                name="case_export_one_in_work",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["requested_by", "case", "-created_at"], name="case_export_of_reader")
        ]
