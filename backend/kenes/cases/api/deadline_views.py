"""Terms: list, counts and month over many cases; terms of one case; what people do to them; next steps with proof."""

from dataclasses import fields as dataclass_fields
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from kenes.accounts import selectors as account_selectors
from kenes.cases import selectors
from kenes.cases.api import deadline_present as show
from kenes.cases.api import deadline_serializers as io
from kenes.cases.api.present import language
from kenes.cases.terms import deadline_listing, deadline_services
from kenes.cases.terms.deadline_listing import TermFilters
from kenes.foundation.api import ApiRequest, ApiView
from kenes.foundation.idempotency import idempotent
from kenes.law import reference
from kenes.law import selectors as law


def _filters(query: dict[str, Any]) -> TermFilters:
    names = {field.name for field in dataclass_fields(TermFilters)}
    return TermFilters(**{name: value for name, value in query.items() if name in names})


class TermsView(ApiView):
    """Unmet terms of the cases that the reader sees, the nearest first."""

    needs = "staff.area"

    @extend_schema(operation_id="deadlines_list", parameters=[io.TermListQuery], responses=io.TermPage)
    def get(self, request: ApiRequest) -> Response:
        query = self.parse_query(io.TermListQuery)
        actor, lang = request.actor, language()
        rows = deadline_listing.running_terms(actor=actor, filters=_filters(query))

        def enriched(page: list[Any]) -> list[dict[str, Any]]:
            selectors.load_reader(actor, {row.case_id: row.case for row in page}.values())
            return [show.list_row(row, actor, lang) for row in page]

        return self.page(
            io.TermRowItem,
            deadline_listing.with_rows(rows),
            key=("due", "id"),
            limit=query["limit"],
            cursor=query["cursor"],
            transform=enriched,
        )


class TermCountsView(ApiView):
    """Totals by stage and by who must keep the term."""

    needs = "staff.area"

    @extend_schema(operation_id="deadlines_counts", parameters=[io.TermFilterQuery], responses=io.TermCounts)
    def get(self, request: ApiRequest) -> Response:
        query = self.parse_query(io.TermFilterQuery)
        found = deadline_listing.counts(actor=request.actor, filters=_filters(query))
        lang = language()
        found["by_bound"] = [
            {"bound": bound, "bound_label": reference.bound_named(bound, lang), "terms": terms}
            for bound, terms in found["by_bound"]
        ]
        return self.ok(io.TermCounts, found)


class TermMonthView(ApiView):
    """How many terms end on each day of a month."""

    needs = "staff.area"

    @extend_schema(operation_id="deadlines_month", parameters=[io.TermMonthQuery], responses=io.TermMonth)
    def get(self, request: ApiRequest) -> Response:
        query = self.parse_query(io.TermMonthQuery)
        first, lang = query["month"], language()
        found = deadline_listing.month(actor=request.actor, filters=_filters(query), first=first)
        by_day = {row["due"]: row for row in found}
        days = [
            {
                "day": day, "day_off": reference.day_name(reason, lang) if reason else "",
                **{name: by_day.get(day, {}).get(name, 0) for name in ("total", "critical", "borrower")},
            }
            for day, reason in law.days_of_month(first)
        ]  # fmt: skip
        return self.ok(io.TermMonth, {"month": first, "days": days})


class CaseTermsView(ApiView):
    """Terms of a case with history, reminders and what was used to count them."""

    scopes = {"GET": "cases:read"}

    @extend_schema(operation_id="cases_deadlines", responses=io.CaseTermList)
    def get(self, request: ApiRequest, case_id: UUID) -> Response:
        return case_terms(self, case_id)


def case_terms(view: ApiView, case_id: UUID) -> Response:
    """Answer with the terms of a case as the reader sees them."""
    actor, lang = view.request.actor, language()
    case, terms = deadline_listing.terms_of_case(actor=actor, case_id=case_id)
    people = account_selectors.person_names(show.people_of(terms))
    calendar = law.working_calendar()
    items = [show.case_term(term, case, actor, lang, calendar, people) for term in terms]
    return view.ok(io.CaseTermList, {"items": items, "version": case.version})


class _TermActionView(ApiView):
    """What the actions on a term share: the answer is the terms of its case."""

    def answer(self, row: Any) -> Response:
        return case_terms(self, row.case_id)


class TermSuspendView(_TermActionView):
    """Let a term stand still."""

    @extend_schema(operation_id="deadlines_suspend", request=io.TermSuspendInput, responses=io.CaseTermList)
    @idempotent
    def post(self, request: ApiRequest, deadline_id: UUID) -> Response:
        data = self.parse(io.TermSuspendInput)
        return self.answer(
            deadline_services.suspend(
                actor=request.actor, deadline_id=deadline_id, first=data["from"], last=data["until"],
                reason=data["reason"],
            )
        )  # fmt: skip


class TermResumeView(_TermActionView):
    """End a suspension earlier."""

    @extend_schema(operation_id="deadlines_resume", request=io.TermResumeInput, responses=io.CaseTermList)
    @idempotent
    def post(self, request: ApiRequest, deadline_id: UUID) -> Response:
        data = self.parse(io.TermResumeInput)
        return self.answer(deadline_services.resume(actor=request.actor, deadline_id=deadline_id, **data))


class TermExtendView(_TermActionView):
    """Make a term longer by agreement."""

    @extend_schema(operation_id="deadlines_extend", request=io.TermExtendInput, responses=io.CaseTermList)
    @idempotent
    def post(self, request: ApiRequest, deadline_id: UUID) -> Response:
        data = self.parse(io.TermExtendInput)
        return self.answer(deadline_services.extend(actor=request.actor, deadline_id=deadline_id, **data))


class TermMeetView(_TermActionView):
    """Say that a term was kept."""

    @extend_schema(operation_id="deadlines_meet", request=io.TermMeetInput, responses=io.CaseTermList)
    @idempotent
    def post(self, request: ApiRequest, deadline_id: UUID) -> Response:
        data = self.parse(io.TermMeetInput)
        return self.answer(deadline_services.meet(actor=request.actor, deadline_id=deadline_id, **data))


class TermReopenView(_TermActionView):
    """Take a mark made by hand back."""

    @extend_schema(operation_id="deadlines_reopen", request=io.TermReopenInput, responses=io.CaseTermList)
    @idempotent
    def post(self, request: ApiRequest, deadline_id: UUID) -> Response:
        data = self.parse(io.TermReopenInput)
        return self.answer(deadline_services.reopen(actor=request.actor, deadline_id=deadline_id, **data))


class FactCorrectView(ApiView):
    """State an event anew with another day."""

    @extend_schema(operation_id="cases_correct_fact", request=io.FactCorrectInput, responses=io.CaseTermList)
    @idempotent
    def post(self, request: ApiRequest, case_id: UUID, fact_id: UUID) -> Response:
        data = self.parse(io.FactCorrectInput)
        deadline_services.correct_fact(
            actor=request.actor, case_id=case_id, fact_id=fact_id, on=data["date"], reason=data["reason"]
        )
        return case_terms(self, case_id)


def next_steps(view: ApiView, case_id: UUID) -> Response:
    """Answer with the next steps of a case."""
    actor, lang = view.request.actor, language()
    case, offers = deadline_listing.next_steps(actor=actor, case_id=case_id)
    return view.ok(io.NextStepList, {"items": [show.next_step(item, case, actor, lang) for item in offers]})


class NextStepsView(ApiView):
    """Next steps that unkept duties have opened, with the proof that is held."""

    scopes = {"GET": "cases:read"}

    @extend_schema(operation_id="cases_next_steps", responses=io.NextStepList)
    def get(self, request: ApiRequest, case_id: UUID) -> Response:
        return next_steps(self, case_id)


class NextStepChooseView(ApiView):
    """Take one of the next steps."""

    @extend_schema(
        operation_id="cases_choose_next_step", request=io.StepChooseInput, responses=io.NextStepList
    )
    @idempotent
    def post(self, request: ApiRequest, case_id: UUID, offer_id: UUID) -> Response:
        data = self.parse(io.StepChooseInput)
        deadline_services.choose_step(
            actor=request.actor, case_id=case_id, offer_id=offer_id, step=data["step"]
        )
        return next_steps(self, case_id)
