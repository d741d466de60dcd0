"""Tags of the team: the list of them, and which stand on which case."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kenes.cases import permissions, selectors
from kenes.cases.errors.links import TagNameTaken, TagNotFound, TagOnManyCases, TagWasJoined
from kenes.cases.events.links import TagsChanged
from kenes.cases.models import Case, CaseTag, SavedView, Tag, TagColour
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.errors import FieldError, FieldErrors, Forbidden
from kenes.realtime import services as realtime

MOST_TAGS: Final = 20
MOST_CASES_TO_JOIN: Final = 2_000
EDIT: Final = "tag.edit"


def all_tags(*, actor: Actor) -> QuerySet[Tag]:
    """Every tag by name, archived ones last, each with `cases`: on how many cases it stands. Forbidden for non-staff."""
    if not actor.can("staff.area"):
        raise Forbidden
    count = Count("case_tags", filter=Q(case_tags__case__merged_into__isnull=True))
    return Tag.objects.annotate(cases=count).order_by(F("archived_at").asc(nulls_first=True), "name", "id")


def tags_of(case_ids: Iterable[UUID]) -> dict[UUID, list[Tag]]:
    """Tags by case and name, one query for a page of a list. Only staff of the platform are shown tags."""
    found: dict[UUID, list[Tag]] = {}
    rows = CaseTag.objects.filter(case_id__in=list(case_ids)).select_related("tag")
    for row in rows.order_by("tag__name", "pk"):
        found.setdefault(row.case_id, []).append(row.tag)
    return found


def shown_tags(actor: Actor, case: Case) -> list[Tag]:
    """Tags of one loaded case for this reader; nobody but staff is shown any."""
    if not permissions.allowed(actor, "case.view_internal", case):
        return []
    return tags_of([case.pk]).get(case.pk, [])


def create_tag(*, actor: Actor, name: str, colour: str, name_kk: str = "", name_en: str = "") -> Tag:
    """A new tag. Forbidden without `tag.edit`, TagNameTaken when the name stands in the list, whatever its case."""
    _require_edit(actor)
    made = Tag(
        name=name, name_kk=name_kk, name_en=name_en, colour=TagColour(colour), created_by_id=actor.user_id,
        created_at=clock.now(),
    )  # fmt: skip
    return _saved(made)


@transaction.atomic
def edit_tag(
    *, actor: Actor, tag_id: UUID, name: str | None = None, name_kk: str | None = None, name_en: str | None = None,
    colour: str | None = None, archived: bool | None = None,
) -> Tag:  # fmt: skip
    """Rename, colour, archive or bring back a tag; None leaves a value as it is.

    Raises Forbidden, TagNotFound, TagNameTaken, TagWasJoined (a tag that was joined to another one stays as it is).
    """
    _require_edit(actor)
    tag = _locked(tag_id)
    if tag.merged_into_id is not None:
        raise TagWasJoined
    for field, value in (("name", name), ("name_kk", name_kk), ("name_en", name_en)):
        if value is not None:
            setattr(tag, field, value)
    tag.colour = tag.colour if colour is None else TagColour(colour)
    if archived is not None:
        tag.archived_at = (tag.archived_at or clock.now()) if archived else None
    return _saved(tag)


@transaction.atomic
def join_tag(*, actor: Actor, tag_id: UUID, into_id: UUID) -> Tag:
    """Put another tag in the place of this one on every case and in every saved view, and retire it. Returns the other one.

    Each case gets its event. Raises Forbidden, TagNotFound, TagWasJoined, TagOnManyCases (more than 2 000),
    FieldErrors (/into_id: itself, unknown or retired).
    """
    _require_edit(actor)
    if not Tag.objects.filter(pk=tag_id).exists():
        raise TagNotFound
    carrying = CaseTag.objects.filter(tag_id=tag_id)
    if carrying.count() > MOST_CASES_TO_JOIN:
        raise TagOnManyCases(most=MOST_CASES_TO_JOIN)
    # Cases before tags, as everybody else locks them.
    ids = carrying.values("case_id")
    cases = list(Case.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk"))
    tag = _locked(tag_id)
    into = Tag.objects.select_for_update(no_key=True).filter(pk=into_id, archived_at__isnull=True).first()
    if into is None or into.pk == tag.pk:
        raise FieldErrors([FieldError("/into_id", "unknown", _("Choose tags from the list."))])
    if tag.merged_into_id not in {None, into.pk}:
        raise TagWasJoined
    for case in cases:
        _put_instead(actor, case, tag, into)
    _rewrite_views(tag, into)
    tag.merged_into, tag.archived_at = into, tag.archived_at or clock.now()
    tag.save(update_fields=["merged_into", "archived_at"])
    return into


def _put_instead(actor: Actor, case: Case, tag: Tag, into: Tag) -> None:
    there = CaseTag.objects.filter(case=case, tag=into).exists()
    if not there:
        CaseTag.objects.create(case=case, tag=into, added_by_id=actor.user_id, added_at=clock.now())
    CaseTag.objects.filter(case=case, tag=tag).delete()
    event = TagsChanged(case_id=case.pk, added=() if there else (into.pk,), removed=(tag.pk,))
    event_log.record(event, actor=actor)
    realtime.hint(f"case:{case.pk}", "case.changed", case.pk)


def _rewrite_views(tag: Tag, into: Tag) -> None:
    """A view by the retired tag would show nothing for ever."""
    old, new = str(tag.pk), str(into.pk)
    for view in SavedView.objects.select_for_update().filter(filters__tag__contains=[old]).order_by("pk"):
        view.filters["tag"] = list(dict.fromkeys(new if one == old else one for one in view.filters["tag"]))
        view.save(update_fields=["filters"])


def _locked(tag_id: UUID) -> Tag:
    # Weaker than a full lock: putting the tag on a case meanwhile need not wait.
    tag = Tag.objects.select_for_update(no_key=True).filter(pk=tag_id).first()
    if tag is None:
        raise TagNotFound
    return tag


def _saved(tag: Tag) -> Tag:
    try:
        with transaction.atomic():
            tag.save()
    except IntegrityError as problem:
        raise TagNameTaken from problem
    return tag


def _require_edit(actor: Actor) -> None:
    if not actor.can(EDIT):
        raise Forbidden


@transaction.atomic
def change_tags(
    *, actor: Actor, case_id: UUID, add: Iterable[UUID] = (), remove: Iterable[UUID] = ()
) -> Case:
    """Put tags on a case and take tags off; what is so already changes nothing and leaves no event.

    Raises FieldErrors (/add: unknown or archived tags, or more than 20 on one case).
    """
    case = selectors.get_case_for_update(actor=actor, case_id=case_id)
    permissions.require(actor, "case.tag", case)
    wanted, unwanted = set(add), set(remove)
    present = set(CaseTag.objects.filter(case=case).values_list("tag_id", flat=True))
    new = wanted - unwanted - present
    gone = unwanted & present
    _require_usable(new, len(present | new) - len(gone))
    now = clock.now()
    CaseTag.objects.bulk_create(
        [CaseTag(case=case, tag_id=tag_id, added_by_id=actor.user_id, added_at=now) for tag_id in sorted(new)]
    )
    CaseTag.objects.filter(case=case, tag_id__in=gone).delete()
    if new or gone:
        event = TagsChanged(case_id=case.pk, added=tuple(sorted(new)), removed=tuple(sorted(gone)))
        event_log.record(event, actor=actor)
        realtime.hint(f"case:{case.pk}", "case.changed", case.pk)
        realtime.hint("staff", "case.changed", case.pk)
    return case


def _require_usable(new: set[UUID], total: int) -> None:
    usable = Tag.objects.filter(pk__in=new, archived_at__isnull=True).count()
    if usable != len(new):
        raise FieldErrors([FieldError("/add", "unknown", _("Choose tags from the list."))])
    if new and total > MOST_TAGS:
        raise FieldErrors([FieldError("/add", "too_many", _("A case can have up to 20 tags."))])
