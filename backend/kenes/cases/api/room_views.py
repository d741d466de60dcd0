"""The creditor's room: letters that reached the own organisation, and the answers to them."""

from dataclasses import fields as dataclass_fields
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from kenes.accounts.models import Organisation
from kenes.cases.answers import answer_forms, answer_reading, answers, letter_books, room
from kenes.cases.api import answer_serializers, present, room_rows
from kenes.cases.api import room_serializers as shapes
from kenes.cases.errors.answers import LetterNotFound
from kenes.cases.models import PaperCode, RefusalReason
from kenes.files import services as files
from kenes.files.uploads import FILE_BODIES, UploadView, private_file
from kenes.foundation.api import ApiRequest, ApiView
from kenes.foundation.idempotency import idempotent

FILE_MAX_BYTES = 15 * 1024 * 1024


class RoomView(ApiView):
    """What the views of the room share."""

    needs = "case.see_sent"

    def detail(self, letter_id: UUID, status: int = 200) -> Response:
        letter = room.get_letter(actor=self.request.actor, letter_id=letter_id)
        return self.ok(
            shapes.RoomLetterDetail,
            room_rows.detail(self.request.actor, letter, present.language()),
            status,
        )

    def list_page(self, query: dict[str, Any]) -> Response:
        names = {field.name for field in dataclass_fields(room.LetterFilters)}
        filters = room.LetterFilters(**{name: value for name, value in query.items() if name in names})
        lang = present.language()
        return self.page(
            shapes.RoomLetterRow,
            room.shown(room.letters(actor=self.request.actor, filters=filters)),
            key=("due", "pk") if query["sort"] == "due" else ("-since", "pk"),
            limit=query["limit"],
            cursor=query["cursor"],
            transform=lambda page: [room_rows.row(letter, lang) for letter in page],
        )


class RoomLettersView(RoomView):
    """Letters of the own organisation."""

    @extend_schema(
        operation_id="room_letters_list", parameters=[shapes.RoomFilters], responses=shapes.RoomLetterPage
    )
    def get(self, request: ApiRequest) -> Response:
        return self.list_page(self.parse_query(shapes.RoomFilters))


class RoomSearchView(RoomView):
    """Search; a POST, so that names stay out of addresses and logs."""

    while_viewing = True

    @extend_schema(
        operation_id="room_letters_search", request=shapes.RoomSearchInput, responses=shapes.RoomLetterPage
    )
    def post(self, request: ApiRequest) -> Response:
        return self.list_page(self.parse(shapes.RoomSearchInput))


class RoomCountsView(RoomView):
    """How many letters lie on each pile."""

    @extend_schema(operation_id="room_counts", responses=shapes.RoomCounts)
    def get(self, request: ApiRequest) -> Response:
        return self.ok(shapes.RoomCounts, room.counts(actor=request.actor))


class RoomListsView(RoomView):
    """Papers, reasons and colleagues to choose from."""

    @extend_schema(operation_id="room_lists", responses=shapes.RoomLists)
    def get(self, request: ApiRequest) -> Response:
        people = {
            row.user_id: {"id": row.user_id, "full_name": row.user.full_name}
            for row in room.colleagues(request.actor)
        }
        lists = {
            "papers": [{"code": code, "label": label} for code, label in PaperCode.choices],
            "reasons": [{"code": code, "label": label} for code, label in RefusalReason.choices],
            "people": list(people.values()),
        }
        return self.ok(shapes.RoomLists, lists)


class RoomFiguresView(RoomView):
    """The organisation's own statistics."""

    needs = "organisation.own"

    @extend_schema(
        operation_id="room_figures", parameters=[shapes.RoomFiguresQuery], responses=shapes.RoomFigures
    )
    def get(self, request: ApiRequest) -> Response:
        query = self.parse_query(shapes.RoomFiguresQuery)
        return self.ok(shapes.RoomFigures, room.figures(actor=request.actor, days=query["days"]))


class RoomLetterView(RoomView):
    """One letter with everything that was answered."""

    @extend_schema(operation_id="room_letters_retrieve", responses=shapes.RoomLetterDetail)
    def get(self, request: ApiRequest, letter_id: UUID) -> Response:
        return self.detail(letter_id)


class RoomRegisterView(RoomView):
    """Take a letter into the books."""

    needs = "letter.answer"

    @extend_schema(
        operation_id="room_letters_register",
        request=shapes.LetterRegisterInput,
        responses=shapes.RoomLetterDetail,
    )
    @idempotent
    def post(self, request: ApiRequest, letter_id: UUID) -> Response:
        data = self.parse(shapes.LetterRegisterInput)
        letter_books.register_letter(actor=request.actor, letter_id=letter_id, **data)
        return self.detail(letter_id)


class RoomReviewView(RoomView):
    """Begin to consider a letter."""

    needs = "letter.answer"

    @extend_schema(operation_id="room_letters_review", request=None, responses=shapes.RoomLetterDetail)
    @idempotent
    def post(self, request: ApiRequest, letter_id: UUID) -> Response:
        letter_books.start_review(actor=request.actor, letter_id=letter_id)
        return self.detail(letter_id)


class RoomGiveView(RoomView):
    """Say who works on a letter."""

    needs = "letter.answer"

    @extend_schema(
        operation_id="room_letters_give", request=shapes.LetterGiveInput, responses=shapes.RoomLetterDetail
    )
    @idempotent
    def post(self, request: ApiRequest, letter_id: UUID) -> Response:
        data = self.parse(shapes.LetterGiveInput)
        letter_books.give_letter(actor=request.actor, letter_id=letter_id, assignee_id=data["assignee_id"])
        return self.detail(letter_id)


class RoomAnswerView(RoomView):
    """Answer one letter."""

    needs = "letter.answer"

    @extend_schema(
        operation_id="room_letters_answer",
        request=answer_serializers.CreditorAnswerInput,
        responses=shapes.RoomLetterDetail,
    )
    @idempotent
    def post(self, request: ApiRequest, letter_id: UUID) -> Response:
        form = answer_serializers.form_of(self.parse(answer_serializers.CreditorAnswerInput))
        answers.answer_letter(actor=request.actor, letter_id=letter_id, form=form)
        return self.detail(letter_id)


class RoomPreviewView(RoomView):
    """What one answer would mean for each of these letters; changes nothing."""

    needs = "letter.answer"
    while_viewing = True

    @extend_schema(
        operation_id="room_answers_preview",
        request=answer_serializers.BulkAnswerInput,
        responses=shapes.RoomPreview,
    )
    def post(self, request: ApiRequest) -> Response:
        data = self.parse(answer_serializers.BulkAnswerInput)
        rows = answer_forms.preview(
            actor=request.actor,
            letter_ids=data["letter_ids"],
            form=answer_serializers.form_of(data["answer"]),
        )
        return self.ok(shapes.RoomPreview, room_rows.preview(rows))


class RoomBulkAnswerView(RoomView):
    """One answer for many letters, with a report per letter."""

    needs = "letter.answer"

    @extend_schema(
        operation_id="room_answers_bulk",
        request=answer_serializers.BulkAnswerInput,
        responses=shapes.RoomReport,
    )
    @idempotent
    def post(self, request: ApiRequest) -> Response:
        data = self.parse(answer_serializers.BulkAnswerInput)
        rows = answers.answer_many(
            actor=request.actor,
            letter_ids=data["letter_ids"],
            form=answer_serializers.form_of(data["answer"]),
        )
        return self.ok(shapes.RoomReport, room_rows.report(rows))


class RoomFilesView(UploadView):
    """A file to be attached to an answer."""

    needs = "letter.answer"
    max_bytes = FILE_MAX_BYTES

    @extend_schema(
        operation_id="room_files_upload",
        request=FILE_BODIES,
        responses={201: shapes.RoomFile},
    )
    def post(self, request: ApiRequest) -> Response:
        organisation = (
            Organisation.objects.filter(pk__in=request.actor.organisation_ids).order_by("pk").first()
        )
        if organisation is None:
            raise LetterNotFound
        data, name = self.uploaded(request)
        file = files.store(
            data=data, name=name, mime="", origin="uploaded", owner_kind=answers.FILE_OWNER,
            owner_id=organisation.pk,
        )  # fmt: skip
        return self.ok(shapes.RoomFile, {"id": file.pk, "name": file.name}, status=201)


class RoomAnswerFileView(RoomView):
    """The file that the organisation attached to an answer."""

    @extend_schema(
        operation_id="room_answers_file", responses={(200, "application/octet-stream"): OpenApiTypes.BINARY}
    )
    def get(self, request: ApiRequest, letter_id: UUID, answer_id: UUID) -> HttpResponse:
        return private_file(
            answer_reading.file_of_own_answer(actor=request.actor, letter_id=letter_id, answer_id=answer_id)
        )


class RoomPaperFileView(RoomView):
    """A paper that the borrower has handed over."""

    @extend_schema(
        operation_id="room_papers_file", responses={(200, "application/octet-stream"): OpenApiTypes.BINARY}
    )
    def get(self, request: ApiRequest, letter_id: UUID, answer_paper_id: UUID) -> HttpResponse:
        return private_file(
            answer_reading.file_of_paper_for_creditor(
                actor=request.actor, letter_id=letter_id, paper_id=answer_paper_id
            )
        )
