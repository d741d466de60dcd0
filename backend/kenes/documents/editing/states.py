"""States of an edition of a template: written, proposed, approved, in force from a day, ended when the next begins."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class TemplateState(models.TextChoices):
    """Only editions that were approved, or came with the product, are ever used for a document."""

    DRAFT = "draft", _("draft")
    PROPOSED = "proposed", _("waits for approval")
    APPROVED = "approved", _("approved, waits for its day")
    IN_FORCE = "in_force", _("in force")
    ENDED = "ended", _("replaced")
    REJECTED = "rejected", _("sent back")
    WITHDRAWN = "withdrawn", _("taken back")


class TemplateOrigin(models.TextChoices):
    """Who wrote an edition: the product (it comes with an update) or people here."""

    PRODUCT = "product", _("Kenes Hub")
    PEOPLE = "people", _("an editor")


S = TemplateState
# What each step may begin from. `begin` puts an approved edition in force, `end` is what its successor does to it.
SOURCES: Final[dict[str, frozenset[str]]] = {
    "edit": frozenset({S.DRAFT, S.PROPOSED, S.REJECTED}),
    "propose": frozenset({S.DRAFT, S.REJECTED}),
    "approve": frozenset({S.PROPOSED}),
    "reject": frozenset({S.PROPOSED}),
    "check_remark": frozenset({S.PROPOSED}),
    "withdraw": frozenset({S.DRAFT, S.PROPOSED, S.APPROVED, S.REJECTED}),
    "begin": frozenset({S.APPROVED}),
    "end": frozenset({S.IN_FORCE}),
}
# A document may have been made from these.
USABLE: Final = frozenset({S.APPROVED, S.IN_FORCE, S.ENDED})


class TrialStatus(models.TextChoices):
    """How far a test render is."""

    QUEUED = "queued"
    RUNNING = "running"
    READY = "ready"
    FAILED = "failed"


class TrialSample(models.TextChoices):
    """With what a template is tried: made-up data in full, only what is always there, or a case."""

    WHOLE = "whole"
    REQUIRED = "required"
    CASE = "case"
