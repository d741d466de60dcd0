"""Outbox handlers of templates, and what the rest of the product has to know of them."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kenes.cases.collaboration import case_parts
from kenes.documents.editing import trials
from kenes.files.converter import converter_pool
from kenes.outbox import registry as outbox
from kenes.outbox.services import MAX_ATTEMPTS


@outbox.handler("documents.template_trial", lane="documents")
def make_trial(payload: dict[str, Any], context: outbox.OutboxContext) -> None:
    """Make one preview of a template."""
    trials.make(
        trial_id=UUID(payload["trial_id"]), last_try=context.attempt >= MAX_ATTEMPTS, pool=converter_pool()
    )


@outbox.handler("documents.template_trial_expired")
def expire_trial(payload: dict[str, Any], context: outbox.OutboxContext) -> None:
    """The day of one preview is over."""
    trials.expire(trial_id=UUID(payload["trial_id"]))


case_parts.follows("template_trials", label=_("Previews of templates"), column="documents.TemplateTrial.case")
