"""Sections of a case in this app: what of a merged case goes over how."""

from uuid import UUID

from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from kenes.cases.collaboration import case_parts, comment_files
from kenes.cases.models import (
    Case,
    CaseLink,
    CaseSeen,
    CaseTag,
    CommentFile,
    MissingPaper,
    Obligation,
    PaperOrigin,
    Party,
    PartyInvitation,
    Track,
)
from kenes.cases.states.track import ENDED
from kenes.cases.tracks import paper_files
from kenes.files import services as files
from kenes.foundation import clock


def connect() -> None:
    """Register the tables of this app; called when the app starts."""
    case_parts.register(
        "debts", label=_("Debts"), columns=("cases.Obligation.case",), order=10,
        count=lambda case_id: Obligation.objects.filter(case_id=case_id).count(), move=_move_debts,
    )  # fmt: skip
    case_parts.register(
        "procedures", label=_("Procedures"), columns=("cases.Track.case",), order=20,
        count=lambda case_id: Track.objects.filter(case_id=case_id).count(), move=_move_tracks,
    )  # fmt: skip
    case_parts.follows("facts", label=_("Facts"), column="cases.CaseEvent.case", order=30)
    case_parts.follows("terms", label=_("Terms"), column="cases.CaseDeadline.case", order=40)
    case_parts.follows("shares", label=_("Letters seen by creditors"), column="cases.CaseShare.case")
    case_parts.follows("comments", label=_("Comments"), column="cases.Comment.case")
    case_parts.register(
        "files", label=_("Files of comments"), columns=("cases.CommentFile.case",),
        count=lambda case_id: CommentFile.objects.filter(case_id=case_id).count(),
        move=_move_files,
    )  # fmt: skip
    case_parts.follows("changes", label=_("Edited fields"), column="cases.FieldChange.case")
    case_parts.follows("reveals", label=_("Views of hidden data"), column="cases.Reveal.case")
    case_parts.register(
        "parties", label=_("Participants"), columns=("cases.Party.case",),
        count=lambda case_id: Party.objects.filter(case_id=case_id, removed_at__isnull=True).count(),
        move=_move_parties,
    )  # fmt: skip
    case_parts.register(
        "invitations", label=_("Invitations"), columns=("cases.PartyInvitation.case",),
        count=lambda case_id: PartyInvitation.objects.filter(case_id=case_id).count(), move=_move_invitations,
    )  # fmt: skip
    case_parts.register(
        "tags", label=_("Tags"), columns=("cases.CaseTag.case",),
        count=lambda case_id: CaseTag.objects.filter(case_id=case_id).count(), move=_move_tags,
    )  # fmt: skip
    case_parts.register(
        "links", label=_("Linked cases"), columns=("cases.CaseLink.first", "cases.CaseLink.second"),
        count=lambda case_id: (
            CaseLink.objects.filter(first_id=case_id).count() + CaseLink.objects.filter(second_id=case_id).count()
        ),
        move=_move_links,
    )  # fmt: skip
    case_parts.register(
        "merged", label=_("Cases merged before"), columns=("cases.Case.merged_into",), order=5,
        count=lambda case_id: Case.objects.filter(merged_into_id=case_id).count(),
        move=_repoint_merged,
    )  # fmt: skip
    case_parts.register(
        "seen", label=_("Marks of readers"), columns=("cases.CaseSeen.case",),
        count=lambda case_id: CaseSeen.objects.filter(case_id=case_id).count(), move=_move_seen,
    )  # fmt: skip
    _plain()
    case_parts.stays("cases.CaseDraft.case", "only drafts have one, and drafts are not merged")
    case_parts.stays(
        "cases.CaseStory.case", "the story of the kept case counts; that of the merged one is kept with it"
    )


def _plain() -> None:
    case_parts.follows("answers", label=_("Answers of creditors"), column="cases.CreditorAnswer.case")
    case_parts.follows("steps", label=_("Offered next steps"), column="cases.StepOffer.case")
    case_parts.follows("checks", label=_("Answers about rights"), column="cases.EligibilityCheck.case")
    case_parts.follows(
        "escalations", label=_("Escalations"), column="cases.EscalationAct.case", once=("rule", "term")
    )
    case_parts.follows("consents", label=_("Recorded consents"), column="cases.RecordedConsent.case")
    case_parts.register(
        "papers", label=_("Missing papers"), columns=("cases.MissingPaper.case",),
        count=lambda case_id: MissingPaper.objects.filter(case_id=case_id).count(), move=_move_papers,
    )  # fmt: skip
    case_parts.follows("readings", label=_("What was read in papers"), column="cases.PaperReading.case")
    case_parts.follows(
        "reminders", label=_("Reminders of papers"), column="cases.PaperReminder.case",
        once=("asked_on", "after_days"),
    )  # fmt: skip
    case_parts.follows("words", label=_("Words for the search"), column="cases.SearchEntry.case")
    case_parts.stays("cases.CaseWords.case", "words are made anew from what each case holds")
    case_parts.follows("jobs", label=_("Rows of long work"), column="cases.JobRow.case")


def _move_papers(gone_id: UUID, kept_id: UUID) -> None:
    """A paper of a checklist stands once in a case; of two the one that has come further stays on the list.

    The other keeps its file and becomes a paper like one that staff asked for, so that nothing given is lost.
    """
    kept = {row.code: row for row in _listed(kept_id)}
    for row in _listed(gone_id):
        other = kept.get(row.code)
        if other is None:
            continue
        less = row if row.state in {"missing", "waived"} or other.state == "accepted" else other
        if less.file_id is None:
            less.delete()
        else:
            less.origin = PaperOrigin.ASKED
            less.save(update_fields=["origin"])
    MissingPaper.objects.filter(case_id=gone_id).update(case_id=kept_id)


def _listed(case_id: UUID) -> list[MissingPaper]:
    rows = MissingPaper.objects.filter(case_id=case_id, origin=PaperOrigin.CHECKLIST)
    return list(rows.select_for_update().order_by("pk"))


def _move_debts(gone_id: UUID, kept_id: UUID) -> None:
    last = Obligation.objects.filter(case_id=kept_id).aggregate(last=Max("position"))["last"]
    after = -1 if last is None else last
    # Behind everything first: positions of one case may not meet on the way.
    Obligation.objects.filter(case_id=gone_id).update(position=F("position") + after + 1, case_id=kept_id)


def _move_tracks(gone_id: UUID, kept_id: UUID) -> None:
    """Case-wide procedures of one kind run once in a case: a mere proposal gives way to what was opened.

    Two opened ones were refused before anything moved (`joining`).
    """
    kept = {row.kind: row for row in _running(kept_id)}
    for track in _running(gone_id):
        other = kept.get(track.kind)
        if other is not None:
            (track if track.proposed else other).delete()
    Track.objects.filter(case_id=gone_id).update(case_id=kept_id)


def _running(case_id: UUID) -> list[Track]:
    return list(Track.objects.filter(case_id=case_id, obligation__isnull=True).exclude(state__in=ENDED))


def two_opened(gone_id: UUID, kept_id: UUID) -> bool:
    """Whether both cases run an opened procedure of one kind that a case can run only once."""
    opened = {row.kind for row in _running(gone_id) if not row.proposed}
    return any(row.kind in opened and not row.proposed for row in _running(kept_id))


def _move_files(gone_id: UUID, kept_id: UUID) -> None:
    CommentFile.objects.filter(case_id=gone_id).update(case_id=kept_id)
    files.hand_over(owner_kind=comment_files.OWNER_KIND, from_id=gone_id, to_id=kept_id)
    files.hand_over(owner_kind=paper_files.OWNER_KIND, from_id=gone_id, to_id=kept_id)


def _move_parties(gone_id: UUID, kept_id: UUID) -> None:
    """Who takes part in both keeps the entry of the kept case; that of the merged one ends and stays readable."""
    present = set(
        Party.objects.filter(case_id=kept_id, removed_at__isnull=True, obligation__isnull=True).values_list(
            "user_id", "role"
        )
    )
    live = Party.objects.filter(case_id=gone_id, removed_at__isnull=True, obligation__isnull=True)
    twice = [
        pk for pk, user_id, role in live.values_list("pk", "user_id", "role") if (user_id, role) in present
    ]
    Party.objects.filter(pk__in=twice).update(removed_at=clock.now())
    Party.objects.filter(case_id=gone_id).update(case_id=kept_id)


def _move_invitations(gone_id: UUID, kept_id: UUID) -> None:
    is_open = {"accepted_at__isnull": True, "declined_at__isnull": True, "cancelled_at__isnull": True}
    there = set(
        PartyInvitation.objects.filter(case_id=kept_id, **is_open).values_list("role", "contact_hash")
    )
    rows = PartyInvitation.objects.filter(case_id=gone_id, obligation__isnull=True, **is_open)
    twice = [
        pk for pk, role, contact in rows.values_list("pk", "role", "contact_hash") if (role, contact) in there
    ]
    PartyInvitation.objects.filter(pk__in=twice).update(cancelled_at=clock.now())
    PartyInvitation.objects.filter(case_id=gone_id).update(case_id=kept_id)


def _move_tags(gone_id: UUID, kept_id: UUID) -> None:
    present = CaseTag.objects.filter(case_id=kept_id).values("tag_id")
    CaseTag.objects.filter(case_id=gone_id).exclude(tag_id__in=present).update(case_id=kept_id)
    CaseTag.objects.filter(case_id=gone_id).delete()


def _move_links(gone_id: UUID, kept_id: UUID) -> None:
    """Links to others go over; one that would say the same twice, or of a case with itself, says nothing any more."""
    known = set(CaseLink.objects.values_list("first_id", "second_id", "kind").filter(first_id=kept_id)) | set(
        CaseLink.objects.values_list("first_id", "second_id", "kind").filter(second_id=kept_id)
    )
    parented = any(second == kept_id and kind == "parent" for _first, second, kind in known)
    for link in CaseLink.objects.filter(first_id=gone_id) | CaseLink.objects.filter(second_id=gone_id):
        first = kept_id if link.first_id == gone_id else link.first_id
        second = kept_id if link.second_id == gone_id else link.second_id
        second_parent = link.kind == "parent" and second == kept_id and parented
        if first == second or (first, second, link.kind) in known or second_parent:
            link.delete()
            continue
        known.add((first, second, link.kind))
        CaseLink.objects.filter(pk=link.pk).update(first_id=first, second_id=second)


def _repoint_merged(gone_id: UUID, kept_id: UUID) -> None:
    Case.objects.filter(merged_into_id=gone_id).update(merged_into_id=kept_id)


def _move_seen(gone_id: UUID, kept_id: UUID) -> None:
    """What is new in the kept case is new to everybody: marks of the merged one say nothing about it."""
    readers = CaseSeen.objects.filter(case_id=kept_id).values("user_id")
    CaseSeen.objects.filter(case_id=gone_id, user_id__in=readers).delete()
    CaseSeen.objects.filter(case_id=gone_id).update(case_id=kept_id)
