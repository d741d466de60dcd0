"""Failures of evidence packages that a person can meet."""

from django.utils.translation import gettext_lazy as _

from kenes.foundation.errors import Conflict, NotFound


class EvidenceNotOrdered(NotFound):
    code = "evidence.not_ordered"
    detail = _("Nobody has asked for the evidence of this document yet.")


class NothingSigned(Conflict):
    """There is nothing to prove before the first signature, nor before the seal is on the document."""

    code = "evidence.nothing_signed"
    title = _("Not signed yet")
    detail = _("Evidence can be put together when everybody has signed and the document is sealed.")


class EvidenceNotReady(Conflict):
    code = "evidence.not_ready"
    detail = _("The evidence is still being put together. Wait a moment.")
