"""Failures of editing what is written in a case."""

from django.utils.translation import gettext_lazy as _

from kenes.foundation.errors import Conflict, FieldError, FieldErrors, KenesError


class CaseChangedSince(KenesError):
    """The version in If-Match is no longer the present one.

    `version` is the present one, `current` the present values of the fields of this part, `changed` which of them have
    changed since and by whom: enough to put mine and theirs side by side.
    """

    code = "case.changed_meanwhile"
    status = 412
    title = _("The case has changed")
    detail = _("Somebody has saved other values meanwhile. Compare them with yours and save again.")


class VersionMissing(KenesError):
    code = "case.version_missing"
    status = 428
    title = _("The version is missing")
    detail = _("Say in If-Match which version of the case you have seen.")


class StoryLocked(Conflict):
    """A letter has left: what it says stays. Staff of the case may still correct the story."""

    code = "case.story_locked"
    title = _("The letter has been sent")
    detail = _(
        "A letter with these answers has already been sent. Write to your manager if something is wrong."
    )


def version_unreadable() -> FieldErrors:
    """If-Match is not the mark of a version."""
    return FieldErrors([FieldError("/If-Match", "invalid", _("This is not a version of the case."))])
