"""Failures that people meet while they tag, link, merge and split cases."""

from django.utils.translation import gettext_lazy as _

from kenes.foundation.errors import Conflict, NotFound


class TagNotFound(NotFound):
    code = "case.tag_not_found"
    detail = _("There is no such tag.")


class TagNameTaken(Conflict):
    code = "case.tag_name_taken"
    title = _("This tag exists already")
    detail = _("There is a tag with this name already. It may be archived.")


class TagWasJoined(Conflict):
    code = "case.tag_was_joined"
    title = _("This tag was joined to another one")
    detail = _("This tag was joined to another one and does not come back. Make a new tag.")


class TagOnManyCases(Conflict):
    """`most` is how many cases a tag may stand on to be joined at once."""

    code = "case.tag_on_many_cases"
    title = _("The tag stands on too many cases")
    detail = _("Put the other tag on these cases from the list of cases first, then retire this one.")


class LinkNotFound(NotFound):
    code = "case.link_not_found"
    detail = _("These cases are not linked.")


class LinkExists(Conflict):
    """The same link again; a screen treats it as success."""

    code = "case.link_exists"
    detail = _("These cases are already linked in this way.")


class LinkRefused(Conflict):
    """`reason` is same_case, draft, has_parent or circle."""

    code = "case.link_refused"
    detail = _("These cases cannot be linked in this way.")


class CaseIsMerged(Conflict):
    """Work goes on in the case that was kept: `kept_id`, `kept_number`."""

    code = "case.merged"
    title = _("The case was merged")
    detail = _("This case was merged into another one. Work goes on there.")


class MergeRefused(Conflict):
    """`reason` is same_case, other_borrower, merged, draft, ended, archived, submission or two_procedures."""

    code = "case.merge_refused"
    title = _("These cases cannot be merged")
    detail = _("These cases cannot be merged.")


class SplitRefused(Conflict):
    """`reason` is nothing_left, nothing_chosen or ended."""

    code = "case.split_refused"
    title = _("The case cannot be split in this way")
    detail = _("Choose some of the debts: at least one has to stay.")
