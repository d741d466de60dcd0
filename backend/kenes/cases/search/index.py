"""Writing the index. Called by services inside their transaction, with the case row locked; nothing here checks permission."""

from collections.abc import Iterable, Sequence
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction

from kenes.cases.models import (
    Case,
    CaseShare,
    CaseWords,
    Comment,
    Obligation,
    Party,
    PartyRole,
    SearchAudience,
    SearchEntry,
)
from kenes.cases.search import lexicon, sources
from kenes.cases.search.vectors import vector
from kenes.cases.search.words import EDITION, code_words, name_keys, sealed, text_keys
from kenes.foundation.values import Iin, ValueProblem

# `open` of a row is given; the texts of the case are gathered from their own rows. A row that is already right is not
# written again: a move of a case must not cost a new version of all its words.
_WRITE: Final = """
    INSERT INTO cases_casewords AS kept (case_id, open, content, whole, edition)
    SELECT %(case)s, array_to_tsvector(made.open), array_to_tsvector(made.open || made.content),
           array_to_tsvector(made.open || made.content || made.internal), %(edition)s
    FROM (
        SELECT %(open)s::text[] AS open,
            ARRAY(SELECT unnest(tsvector_to_array(words)) FROM cases_searchentry
                  WHERE case_id = %(case)s AND audience = 'content') AS content,
            ARRAY(SELECT unnest(tsvector_to_array(words)) FROM cases_searchentry
                  WHERE case_id = %(case)s AND audience = 'internal') AS internal
    ) AS made
    ON CONFLICT (case_id) DO UPDATE SET open = excluded.open, content = excluded.content, whole = excluded.whole,
        edition = excluded.edition
    WHERE (kept.open, kept.content, kept.whole, kept.edition)
        IS DISTINCT FROM (excluded.open, excluded.content, excluded.whole, excluded.edition)
"""
_GATHER: Final = """
    UPDATE cases_casewords AS kept SET
        content = array_to_tsvector(tsvector_to_array(kept.open) || made.content),
        whole = array_to_tsvector(tsvector_to_array(kept.open) || made.content || made.internal)
    FROM (
        SELECT ARRAY(SELECT unnest(tsvector_to_array(words)) FROM cases_searchentry
                  WHERE case_id = %(case)s AND audience = 'content') AS content,
            ARRAY(SELECT unnest(tsvector_to_array(words)) FROM cases_searchentry
                  WHERE case_id = %(case)s AND audience = 'internal') AS internal
    ) AS made
    WHERE kept.case_id = %(case)s
"""


def refresh(case: Case) -> None:
    """Bring the words of a case up to date with its number, names, contracts and creditors. Three queries, drafts none."""
    if case.number is None:
        return
    debts = case.obligations.select_related("creditor").order_by("position")
    people = Party.objects.filter(case=case, removed_at__isnull=True).exclude(role=PartyRole.BORROWER)
    names = [case.borrower_name, *map(str, people.values_list("user__full_name", flat=True))]
    case.former_numbers = former_numbers([case.pk]).get(case.pk, ())
    clear, keys = open_words(case, list(debts), names)
    if _write(case.pk, sorted(clear) + sealed(keys)):
        lexicon.learn(clear | keys)


def open_words(case: Case, debts: Iterable[Obligation], names: Iterable[str]) -> tuple[set[str], set[str]]:
    """Words that stand in the clear, and keys of names that are to be sealed. The debts have their creditors loaded."""
    clear = code_words(case.number or "")
    for number in case.former_numbers:
        clear |= code_words(number)
    for debt in debts:
        creditor = debt.creditor
        clear |= _contract_words(debt.contract_number)
        for name in {creditor.name_ru, creditor.name_kk, creditor.name_en}:
            clear |= name_keys(name)
    return clear, {key for name in names for key in name_keys(name)}


def former_numbers(case_ids: Sequence[UUID]) -> dict[UUID, tuple[str, ...]]:
    """Numbers of cases that were merged into these: both numbers find the kept case."""
    found: dict[UUID, tuple[str, ...]] = {}
    rows = Case.objects.filter(merged_into_id__in=case_ids).values_list("merged_into_id", "number")
    for kept_id, number in rows:
        if kept_id is not None:
            found[kept_id] = (*found.get(kept_id, ()), number or "")
    return found


def _contract_words(number: str) -> set[str]:
    """Somebody may have typed an ИИН where the number of the contract belongs: it is never put into the index."""
    try:
        Iin.parse(number)
    except ValueProblem:
        return code_words(number)
    return set()


def _write(case_id: UUID, open_: Sequence[str]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, {"case": case_id, "open": list(open_), "edition": EDITION})
        return bool(cursor.rowcount > 0)


def share_words(share: CaseShare, case: Case) -> None:
    """What people of a creditor may search of a case: number, name and the one debt. The debt has its creditor loaded."""
    clear, keys = open_words(case, [share.obligation], [case.borrower_name])
    CaseShare.objects.filter(pk=share.pk).update(words=vector(sorted(clear) + sealed(keys)))


@transaction.atomic
def index_text(
    *, case_id: UUID, place: str, ref_id: UUID, audience: str, text: str, organisation_id: UUID | None = None,
    writer_id: UUID | None = None,
) -> None:  # fmt: skip
    """Make a text of a case findable for an audience, or change what is known of it; an empty text is forgotten.

    `ref_id` is the id of the text in its own table. Numbers of people and accounts are left out, words are kept sealed.
    """
    keys = text_keys(text)
    known = SearchEntry.objects.filter(place=place, ref_id=ref_id)
    if not keys:
        if known.delete()[0]:
            _gather(case_id)
        return
    SearchEntry.objects.update_or_create(
        place=place,
        ref_id=ref_id,
        defaults={
            "case_id": case_id, "audience": SearchAudience(audience), "organisation_id": organisation_id,
            "writer_id": writer_id, "words": vector(sealed(keys)),
        },
    )  # fmt: skip
    _gather(case_id)
    lexicon.learn(keys)


def index_comment(comment: Comment) -> None:
    """The same for a comment: found by who reads it; a removed one by nobody."""
    text = sources.of_comment(comment)
    index_text(
        case_id=text.case_id,
        place="comment",
        ref_id=text.ref_id,
        audience=text.audience,
        text=text.text,
        organisation_id=text.organisation_id,
        writer_id=text.writer_id,
    )


def _gather(case_id: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_GATHER, {"case": case_id})


def forget_texts(*, place: str, ref_ids: Sequence[UUID]) -> None:
    """Take texts out of the index that are not to be found any more."""
    rows = SearchEntry.objects.filter(place=place, ref_id__in=ref_ids)
    cases = sorted(set(rows.values_list("case_id", flat=True)))
    rows.delete()
    for case_id in cases:
        _gather(case_id)


def words_said(case: Case) -> set[str]:
    """Keys of everything private that the index may hold of a case: taken before the case becomes anonymous."""
    people = Party.objects.filter(case=case).values_list("user__full_name", flat=True)
    debts = list(case.obligations.select_related("creditor"))
    clear, keys = open_words(case, debts, [case.borrower_name, *map(str, people)])
    for text in sources.case_texts(case):
        keys |= text_keys(text)
    return clear | keys


def make_anonymous(case: Case, said: set[str]) -> None:
    """After everything private was taken out of a case: nothing of it can be found, and no word of it stays known."""
    SearchEntry.objects.filter(case=case).delete()
    refresh(case)
    _gather(case.pk)
    lexicon.forget(said)


@transaction.atomic
def rebuild(case_ids: Sequence[UUID]) -> int:
    """Write the words of these cases anew from what they hold now; how many. Services wait for it no longer than a batch."""
    cases = list(
        Case.objects.select_for_update(of=("self",))
        .filter(pk__in=case_ids, number__isnull=False)
        .order_by("pk")
    )
    ids = [case.pk for case in cases]
    SearchEntry.objects.filter(case_id__in=ids).delete()
    learned: set[str] = set()
    rows = []
    for place, text in sources.all_texts(ids):
        keys = text_keys(text.text)
        learned |= keys
        if keys:
            rows.append(_entry(place, text, keys))
    SearchEntry.objects.bulk_create(rows, batch_size=500)
    learned |= _write_open(cases)
    lexicon.learn(learned)
    return len(cases)


def _entry(place: str, text: sources.Text, keys: set[str]) -> SearchEntry:
    return SearchEntry(
        case_id=text.case_id, place=place, ref_id=text.ref_id, audience=text.audience,
        organisation_id=text.organisation_id, writer_id=text.writer_id, words=vector(sealed(keys)),
    )  # fmt: skip


def _write_open(cases: Sequence[Case]) -> set[str]:
    """Rows of the cases themselves and of their shares; what was learned."""
    ids = [case.pk for case in cases]
    debts: dict[UUID, list[Obligation]] = {}
    for debt in Obligation.objects.filter(case_id__in=ids).select_related("creditor"):
        debts.setdefault(debt.case_id, []).append(debt)
    names: dict[UUID, list[str]] = {case.pk: [case.borrower_name] for case in cases}
    people = Party.objects.filter(case_id__in=ids, removed_at__isnull=True).exclude(role=PartyRole.BORROWER)
    for case_id, name in people.values_list("case_id", "user__full_name"):
        names[case_id].append(str(name))
    learned: set[str] = set()
    former = former_numbers(ids)
    with connection.cursor() as cursor:
        made: list[dict[str, Any]] = []
        for case in cases:
            case.former_numbers = former.get(case.pk, ())
            clear, keys = open_words(case, debts.get(case.pk, []), names[case.pk])
            learned |= clear | keys
            made.append({"case": case.pk, "open": sorted(clear) + sealed(keys), "edition": EDITION})
        cursor.executemany(_WRITE, made)
    by_id = {case.pk: case for case in cases}
    for share in CaseShare.objects.filter(case_id__in=ids).select_related("obligation__creditor"):
        share_words(share, by_id[share.case_id])
    return learned


def stale(limit: int) -> list[UUID]:
    """Submitted cases whose words are missing or of an older edition."""
    known = CaseWords.objects.filter(edition=EDITION).values("case_id")
    rows = Case.objects.filter(number__isnull=False).exclude(pk__in=known).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:limit])
