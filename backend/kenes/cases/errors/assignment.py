"""Failures of giving cases to people."""

from django.utils.translation import gettext_lazy as _

from kenes.foundation.errors import Conflict, NotFound


class CaseTakenAlready(Conflict):
    """Somebody was faster; the case is no longer in the common list."""

    code = "case.taken_already"
    title = _("The case is taken")
    detail = _("Another manager has just taken this case.")


class NobodyFree(Conflict):
    """All members of the queue are absent or carry as much as they can."""

    code = "queue.nobody_free"
    title = _("Nobody is free")
    detail = _("All members of this queue are absent or have as many cases as they can carry.")


class QueueNotFound(NotFound):
    code = "queue.not_found"
    title = _("Queue not found")
    detail = _("There is no such queue.")


class QueueChangedMeanwhile(Conflict):
    """`version` is the present one."""

    code = "queue.changed_meanwhile"
    title = _("The queue has changed")
    detail = _("Somebody has changed this meanwhile. Look at the new state and repeat.")


class AbsenceNotFound(NotFound):
    code = "absence.not_found"
    title = _("Absence not found")
    detail = _("There is no such absence.")
