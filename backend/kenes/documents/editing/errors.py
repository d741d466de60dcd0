"""Failures that people meet with templates."""

from django.utils.translation import gettext_lazy as _

from kenes.foundation.errors import Conflict, KenesError, NotFound


class TemplateNotFound(NotFound):
    code = "template.not_found"
    title = _("No such template")
    detail = _("There is no such template or edition of it.")


class TemplateFileRefused(KenesError):
    """`problems` says all that is wrong, each with its place; nothing was kept."""

    code = "template.refused"
    status = 400
    title = _("The template cannot be used")
    detail = _("Mend what is listed and upload the file again. Nothing was saved.")


class TemplateState(Conflict):
    """`current_status` says where the edition stands."""

    code = "template.state"
    detail = _("This is not possible in the present state of the edition.")


class TemplateChangedMeanwhile(Conflict):
    """`revision` is the present one."""

    code = "template.changed_meanwhile"
    title = _("The edition has changed")
    detail = _("Somebody has changed this edition meanwhile. Look at it again.")


class TemplateSecondPerson(Conflict):
    code = "template.second_person_needed"
    title = _("A second person is needed")
    detail = _("Who wrote an edition cannot approve it. Ask another person.")


class TemplateMovedOn(Conflict):
    """Another edition came into force after this one was proposed."""

    code = "template.moved_on"
    title = _("Another edition is in force now")
    detail = _(
        "Another edition came into force after this one was proposed. Compare them and propose it again."
    )


class TemplateAnotherScheduled(Conflict):
    code = "template.another_scheduled"
    title = _("Another edition waits for its day")
    detail = _("An approved edition of this template already waits for its day. Take it back or wait for it.")


class TemplateRemarksOpen(Conflict):
    """`remarks` are the ids of those that nobody has ticked."""

    code = "template.remarks_open"
    title = _("Remarks are open")
    detail = _("Tick every remark that a lawyer has to look at before you approve the edition.")


class TemplateSame(Conflict):
    code = "template.same"
    title = _("Nothing has changed")
    detail = _("This is the edition that is in force now.")


class TrialNotFound(NotFound):
    code = "template_trial.not_found"
    title = _("No such preview")
    detail = _("There is no such preview, or it is not yours, or its day is over.")


class TrialNotReady(Conflict):
    code = "template_trial.not_ready"
    title = _("The preview is not ready")
    detail = _("The preview is still being made, or it could not be made.")


class TrialPageNotFound(NotFound):
    code = "template_trial.page_not_found"
    title = _("No such page")
    detail = _("The preview has no such page.")
