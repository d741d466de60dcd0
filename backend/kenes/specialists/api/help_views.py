"""Looking for help: the borrower's requests, specialists' proposals, the directory."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from kenes.foundation import clock
from kenes.foundation.api import ApiRequest, ApiView, PageQuery
from kenes.foundation.idempotency import idempotent
from kenes.specialists import marketplace, pages
from kenes.specialists.api import inputs, outputs, rows


class HelpView(ApiView):
    """What the views of a case's requests share."""

    def help_page(self, case_id: UUID, status: int = 200) -> Response:
        actor = self.request.actor
        case, requests = marketplace.requests_of_case(actor=actor, case_id=case_id)
        return self.ok(outputs.HelpPage, rows.help_page(actor, case, requests), status)


class CaseHelpView(HelpView):
    """Requests for help in a case."""

    @extend_schema(operation_id="case_help_list", responses=outputs.HelpPage)
    def get(self, request: ApiRequest, case_id: UUID) -> Response:
        return self.help_page(case_id)

    @extend_schema(
        operation_id="case_help_ask", request=inputs.HelpRequestInput, responses={201: outputs.HelpPage}
    )
    @idempotent
    def post(self, request: ApiRequest, case_id: UUID) -> Response:
        data = self.parse(inputs.HelpRequestInput)
        form = marketplace.HelpForm(**{**data, "topics": tuple(data["topics"])})
        marketplace.ask_for_help(actor=request.actor, case_id=case_id, form=form)
        return self.help_page(case_id, status=201)


class CaseHelpMaskView(ApiView):
    """The summary as specialists would read it; nothing is kept."""

    while_viewing = True

    @extend_schema(operation_id="case_help_mask", request=inputs.HelpMaskInput, responses=outputs.HelpMasked)
    def post(self, request: ApiRequest, case_id: UUID) -> Response:
        text = self.parse(inputs.HelpMaskInput)["text"]
        masked, figures = marketplace.mask_summary(actor=request.actor, case_id=case_id, text=text)
        return self.ok(outputs.HelpMasked, {"text": masked, "changed": masked != text, "figures": figures})


class CaseHelpCancelView(HelpView):
    """Look for nobody any more."""

    @extend_schema(operation_id="case_help_cancel", request=None, responses=outputs.HelpPage)
    @idempotent
    def post(self, request: ApiRequest, case_id: UUID, help_request_id: UUID) -> Response:
        marketplace.take_request_back(actor=request.actor, case_id=case_id, request_id=help_request_id)
        return self.help_page(case_id)


class CaseHelpChooseView(HelpView):
    """Choose one of the proposals."""

    @extend_schema(
        operation_id="case_help_choose", request=inputs.HelpChooseInput, responses=outputs.HelpPage
    )
    @idempotent
    def post(self, request: ApiRequest, case_id: UUID, help_request_id: UUID) -> Response:
        data = self.parse(inputs.HelpChooseInput)
        marketplace.choose(actor=request.actor, case_id=case_id, request_id=help_request_id, **data)
        return self.help_page(case_id)


class OpenRequestsView(ApiView):
    """Requests to which the specialist could propose."""

    needs = "proposal.make"

    @extend_schema(
        operation_id="desk_requests_list", parameters=[PageQuery], responses=outputs.OpenRequestPage
    )
    def get(self, request: ApiRequest) -> Response:
        query = self.parse_query(PageQuery)
        return self.page(
            outputs.OpenRequestRow, marketplace.open_requests(actor=request.actor), key=("-created_at", "id"),
            limit=query["limit"], cursor=query["cursor"],
            transform=lambda page: [rows.open_request(row) for row in page],
        )  # fmt: skip


class ProposeView(ApiView):
    """Propose to help."""

    needs = "proposal.make"

    @extend_schema(
        operation_id="desk_propose", request=inputs.ProposalInput, responses={201: outputs.OwnProposalRow}
    )
    @idempotent
    def post(self, request: ApiRequest, help_request_id: UUID) -> Response:
        form = marketplace.ProposalForm(**self.parse(inputs.ProposalInput))
        made = marketplace.propose(actor=request.actor, request_id=help_request_id, form=form)
        return self.ok(outputs.OwnProposalRow, rows.own_proposal(made), status=201)


class OwnProposalsView(ApiView):
    """Own proposals, newest first."""

    needs = "proposal.make"

    @extend_schema(
        operation_id="desk_proposals_list", parameters=[PageQuery], responses=outputs.OwnProposalPage
    )
    def get(self, request: ApiRequest) -> Response:
        query = self.parse_query(PageQuery)
        return self.page(
            outputs.OwnProposalRow, marketplace.own_proposals(actor=request.actor), key=("-created_at", "id"),
            limit=query["limit"], cursor=query["cursor"],
            transform=lambda page: [rows.own_proposal(row) for row in page],
        )  # fmt: skip


class WithdrawView(ApiView):
    """Take the own proposal back."""

    needs = "proposal.make"

    @extend_schema(operation_id="desk_proposals_withdraw", request=None, responses=outputs.OwnProposalRow)
    @idempotent
    def post(self, request: ApiRequest, proposal_id: UUID) -> Response:
        row = marketplace.withdraw(actor=request.actor, proposal_id=proposal_id)
        return self.ok(outputs.OwnProposalRow, rows.own_proposal(row))


class DirectoryView(ApiView):
    """Specialists with a checked entry who give consultations here."""

    @extend_schema(
        operation_id="specialist_pages_list", parameters=[inputs.DirectoryQuery], responses=outputs.HostPage
    )
    def get(self, request: ApiRequest) -> Response:
        query = self.parse_query(inputs.DirectoryQuery)
        names = pages.DirectoryFilters.__dataclass_fields__
        filters = pages.DirectoryFilters(**{name: query[name] for name in names})
        return self.page(
            outputs.HostRow, pages.directory(filters), key=("id",), limit=query["limit"], cursor=query["cursor"],
            transform=rows.host_rows,
        )  # fmt: skip


class SlotsView(ApiView):
    """Free times of a specialist."""

    @extend_schema(
        operation_id="specialist_pages_slots", parameters=[inputs.SlotsQuery], responses=outputs.SlotList
    )
    def get(self, request: ApiRequest, host_id: UUID) -> Response:
        query = self.parse_query(inputs.SlotsQuery)
        host = pages.get_listed(host_id)
        first = query["first"] or clock.almaty(clock.now()).date()
        found = pages.free_slots(host, first=first, days=query["days"])
        return self.ok(outputs.SlotList, {"host": rows.host_rows([host])[0], "items": found})
