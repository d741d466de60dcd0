"""The borrower's side of answers of creditors: offers compared, papers given, counter-offers."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from kenes.cases import permissions
from kenes.cases.answers import answer_reading, offer_replies, offer_terms
from kenes.cases.answers.answer_forms import debt_of, terms_problem
from kenes.cases.answers.answers import row_json
from kenes.cases.api import answer_rows, answer_serializers, present
from kenes.cases.models import AnswerSource, CreditorAnswer
from kenes.cases.states import tables
from kenes.files.uploads import FILE_BODIES, UploadView, private_file
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.api import ApiRequest, ApiView
from kenes.foundation.errors import FieldErrors
from kenes.foundation.idempotency import idempotent

PAPER_MAX_BYTES = 15 * 1024 * 1024


def _page(actor: Actor, case_id: UUID) -> dict[str, Any]:
    case, answers = answer_reading.answers_of_case(actor=actor, case_id=case_id)
    known = answer_rows.stored_files(answers)
    groups: dict[UUID, list[CreditorAnswer]] = defaultdict(list)
    for answer in answers:
        groups[answer.obligation_id].append(answer)
    lang = present.language()
    items = []
    for debt_id, rows in groups.items():
        first = rows[0]
        used = sum(1 for row in rows for reply in row.replies.all() if reply.round)
        items.append(
            {
                "obligation_id": debt_id,
                "track_id": first.track_id,
                "state": first.track.state,
                "state_label": tables.state_label(first.track.kind, first.track.state, own=permissions.is_borrower(actor, case)),
                "creditor_name": first.creditor.name(lang),
                "contract_number": first.obligation.contract_number,
                "debt_tiyn": first.obligation.total_tiyn,
                "counter_rounds": settings.COUNTER_OFFER_ROUNDS,
                "counter_rounds_used": used,
                "answers": [
                    answer_rows.answer_row(
                        row, known, author=row.creditor.name(lang) if row.source == AnswerSource.ROOM else "",
                        actions=offer_replies.reply_actions(actor, case, row.track, row, used),
                    )
                    for row in rows
                ],
            }
        )  # fmt: skip
    return {"case_id": case.pk, "case_number": case.number, "items": items}


class CaseAnswersView(ApiView):
    """What creditors have answered about the debts of a case."""

    scopes = {"GET": "cases:read"}

    @extend_schema(operation_id="case_answers_list", responses=answer_serializers.CaseAnswersPage)
    def get(self, request: ApiRequest, case_id: UUID) -> Response:
        return self.ok(answer_serializers.CaseAnswersPage, _page(request.actor, case_id))


class CaseAnswerPreviewView(ApiView):
    """What own terms would mean, before a counter-offer is made."""

    while_viewing = True

    @extend_schema(
        operation_id="case_answers_preview_terms",
        request=answer_serializers.OfferTermsInput,
        responses=answer_serializers.OfferPreview,
    )
    def post(self, request: ApiRequest, case_id: UUID, answer_id: UUID) -> Response:
        terms = answer_serializers.terms_of(self.parse(answer_serializers.OfferTermsInput))
        answer = answer_reading.get_answer(actor=request.actor, case_id=case_id, answer_id=answer_id)
        debt = debt_of(answer.obligation)
        problem = terms_problem(debt, terms)
        if terms is None or problem is not None:
            raise FieldErrors([problem] if problem is not None else [])
        rows = offer_terms.schedule(debt, terms)
        preview = {
            "before": offer_terms.outcome_as_it_is(debt, clock.today()),
            "after": offer_terms.outcome_of(debt, rows),
            "schedule": answer_rows.schedule_rows(map(row_json, rows)),
        }
        return self.ok(answer_serializers.OfferPreview, preview)


class CaseAnswerReplyView(ApiView):
    """Accept an offer, propose other terms or decline."""

    scopes = {"POST": "cases:write"}

    @extend_schema(
        operation_id="case_answers_reply",
        request=answer_serializers.OfferReplyInput,
        responses=answer_serializers.CaseAnswersPage,
    )
    @idempotent
    def post(self, request: ApiRequest, case_id: UUID, answer_id: UUID) -> Response:
        data = self.parse(answer_serializers.OfferReplyInput)
        offer_replies.reply_to_offer(
            actor=request.actor, case_id=case_id, answer_id=answer_id, kind=data["kind"], words=data["words"],
            terms=answer_serializers.terms_of(data["terms"]),
        )  # fmt: skip
        return self.ok(answer_serializers.CaseAnswersPage, _page(request.actor, case_id))


class CaseAnswerFileView(ApiView):
    """The file that came with an answer."""

    scopes = {"GET": "documents:read"}

    @extend_schema(
        operation_id="case_answers_file", responses={(200, "application/octet-stream"): OpenApiTypes.BINARY}
    )
    def get(self, request: ApiRequest, case_id: UUID, answer_id: UUID) -> HttpResponse:
        return private_file(
            answer_reading.file_of_answer(actor=request.actor, case_id=case_id, answer_id=answer_id)
        )


class CasePapersView(ApiView):
    """Hand the papers over, once all are there."""

    scopes = {"POST": "cases:write"}

    @extend_schema(
        operation_id="case_papers_hand_over", request=None, responses=answer_serializers.CaseAnswersPage
    )
    @idempotent
    def post(self, request: ApiRequest, case_id: UUID, answer_id: UUID) -> Response:
        offer_replies.hand_papers_over(actor=request.actor, case_id=case_id, answer_id=answer_id)
        return self.ok(answer_serializers.CaseAnswersPage, _page(request.actor, case_id))


class CasePaperFileView(UploadView):
    """The file of one paper."""

    max_bytes = PAPER_MAX_BYTES

    @extend_schema(
        operation_id="case_papers_file", responses={(200, "application/octet-stream"): OpenApiTypes.BINARY}
    )
    def get(self, request: ApiRequest, case_id: UUID, answer_paper_id: UUID) -> HttpResponse:
        return private_file(
            answer_reading.file_of_paper(actor=request.actor, case_id=case_id, paper_id=answer_paper_id)
        )

    @extend_schema(
        operation_id="case_papers_attach",
        request=FILE_BODIES,
        responses=answer_serializers.CaseAnswersPage,
    )
    def put(self, request: ApiRequest, case_id: UUID, answer_paper_id: UUID) -> Response:
        # Before the file is looked at: who may not see the case learns nothing of its papers.
        answer_reading.readable_case(request.actor, case_id)
        data, name = self.uploaded(request)
        offer_replies.attach_paper(
            actor=request.actor, case_id=case_id, paper_id=answer_paper_id, data=data, name=name
        )
        return self.ok(answer_serializers.CaseAnswersPage, _page(request.actor, case_id))


class CasePaperExcuseView(ApiView):
    """Say why a paper cannot be given."""

    @extend_schema(
        operation_id="case_papers_excuse",
        request=answer_serializers.PaperExcuseInput,
        responses=answer_serializers.CaseAnswersPage,
    )
    @idempotent
    def post(self, request: ApiRequest, case_id: UUID, answer_paper_id: UUID) -> Response:
        data = self.parse(answer_serializers.PaperExcuseInput)
        offer_replies.excuse_paper(
            actor=request.actor, case_id=case_id, paper_id=answer_paper_id, words=data["words"]
        )
        return self.ok(answer_serializers.CaseAnswersPage, _page(request.actor, case_id))
