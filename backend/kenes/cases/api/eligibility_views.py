"""Questionnaires about rights: open to everybody, and kept on a case."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from kenes.accounts import allowances, client_address
from kenes.cases.api.present import language
from kenes.cases.states.track import TrackKind
from kenes.cases.story import eligibility
from kenes.cases.story.eligibility_rules import VERDICTS
from kenes.foundation.api import PUBLIC, ApiRequest, ApiView, StrictSerializer
from kenes.foundation.idempotency import idempotent

Out = serializers.Serializer[Any]


class EligibilityHead(Out):
    code = serializers.CharField()
    edition = serializers.CharField()
    track_kind = serializers.ChoiceField(TrackKind.choices)
    title = serializers.CharField()
    intro = serializers.CharField()
    free = serializers.CharField()


class EligibilityList(Out):
    items = EligibilityHead(many=True)


class EligibilityOption(Out):
    code = serializers.CharField()
    label = serializers.CharField()


class EligibilityCondition(Out):
    """Asked only when another question has this answer, or with `negated` has not."""

    question = serializers.CharField()
    answer = serializers.CharField()
    negated = serializers.BooleanField()


class EligibilityQuestion(Out):
    code = serializers.CharField()
    kind = serializers.ChoiceField(["yes_no", "choice", "money", "date"])
    text = serializers.CharField()
    why = serializers.CharField()
    help = serializers.CharField()
    options = EligibilityOption(many=True)
    only_when = EligibilityCondition(allow_null=True)


class EligibilityQuestionnaire(EligibilityHead):
    questions = EligibilityQuestion(many=True)


class EligibilityCheckInput(StrictSerializer):
    """Answers by the code of the question: yes, no, unknown, a code, a sum in tiyn or a day."""

    answers = serializers.DictField()

    def validate_answers(self, value: dict[str, Any]) -> dict[str, Any]:
        if len(value) > 40:
            raise serializers.ValidationError("", code="too_many")
        return value


class EligibilitySource(Out):
    title = serializers.CharField()
    reference = serializers.CharField()


class EligibilityRuleResult(Out):
    code = serializers.CharField()
    title = serializers.CharField()
    verdict = serializers.ChoiceField(VERDICTS)
    reason = serializers.CharField()
    later_from = serializers.DateField(allow_null=True)
    sources = EligibilitySource(many=True)
    needs_review = serializers.BooleanField()


class EligibilityResult(EligibilityHead):
    verdict = serializers.ChoiceField(VERDICTS)
    later_from = serializers.DateField(allow_null=True)
    on = serializers.DateField()
    mci_tiyn = serializers.IntegerField()
    rules = EligibilityRuleResult(many=True)
    next = serializers.CharField()
    asked = serializers.ListField(child=serializers.CharField())
    needs_review = serializers.BooleanField()


class EligibilityKept(EligibilityResult):
    id = serializers.UUIDField()
    answers = serializers.DictField()


class EligibilityPrefill(Out):
    answers = serializers.DictField()


class EligibilityHistoryItem(Out):
    id = serializers.UUIDField()
    code = serializers.CharField()
    edition = serializers.CharField()
    title = serializers.CharField()
    track_kind = serializers.CharField()
    verdict = serializers.ChoiceField(VERDICTS)
    on = serializers.DateField()
    later_from = serializers.DateField(allow_null=True)
    answers = serializers.DictField()
    by_borrower = serializers.BooleanField()
    by = serializers.CharField()
    at = serializers.DateTimeField()


class EligibilityHistory(Out):
    items = EligibilityHistoryItem(many=True)


class EligibilityListView(ApiView):
    """Questionnaires in force today."""

    needs = PUBLIC

    @extend_schema(operation_id="eligibility_list", responses=EligibilityList)
    def get(self, request: ApiRequest) -> Response:
        return self.ok(EligibilityList, {"items": eligibility.questionnaires(language())})


class EligibilityQuestionsView(ApiView):
    needs = PUBLIC

    @extend_schema(operation_id="eligibility_questions", responses=EligibilityQuestionnaire)
    def get(self, request: ApiRequest, questionnaire: str) -> Response:
        return self.ok(EligibilityQuestionnaire, eligibility.questionnaire(questionnaire, language()))


class EligibilityCheckView(ApiView):
    """The result of answers; nothing of them is kept."""

    needs = PUBLIC
    while_viewing = True

    @extend_schema(
        operation_id="eligibility_check", request=EligibilityCheckInput, responses=EligibilityResult
    )
    def post(self, request: ApiRequest, questionnaire: str) -> Response:
        allowances.spend("address_calculator", client_address.of(request._request))
        answers = self.parse(EligibilityCheckInput)["answers"]
        return self.ok(EligibilityResult, eligibility.check(questionnaire, answers, language()))


class CaseEligibilityView(ApiView):
    """Checks kept on a case."""

    @extend_schema(operation_id="cases_eligibility", responses=EligibilityHistory)
    def get(self, request: ApiRequest, case_id: UUID) -> Response:
        rows = eligibility.history(actor=request.actor, case_id=case_id, lang=language())
        return self.ok(EligibilityHistory, {"items": rows})


class CaseEligibilityCheckView(ApiView):
    """One questionnaire on a case: answers that the case gives already, and keeping a result."""

    @extend_schema(operation_id="cases_eligibility_prefill", responses=EligibilityPrefill)
    def get(self, request: ApiRequest, case_id: UUID, questionnaire: str) -> Response:
        answers = eligibility.prefilled(actor=request.actor, case_id=case_id, code=questionnaire)
        return self.ok(EligibilityPrefill, {"answers": answers})

    @extend_schema(
        operation_id="cases_eligibility_keep",
        request=EligibilityCheckInput,
        responses={201: EligibilityKept},
    )
    @idempotent
    def post(self, request: ApiRequest, case_id: UUID, questionnaire: str) -> Response:
        answers = self.parse(EligibilityCheckInput)["answers"]
        kept = eligibility.keep(
            actor=request.actor, case_id=case_id, code=questionnaire, answers=answers, lang=language()
        )
        return self.ok(EligibilityKept, kept, status=201)
