"""JSON that goes out; `present` fills it."""

from typing import Any

from rest_framework import serializers

from kenes.accounts.models import Language
from kenes.cases.api.intake_serializers import CasePaper
from kenes.cases.api.track_serializers import TrackAllowedAction, TrackNextStep
from kenes.cases.models import CaseSource, FactSource, OverdueSource
from kenes.cases.states.case import CaseStatus
from kenes.cases.states.track import TrackKind, TrackState
from kenes.cases.tracks.facts import KIND_CODES
from kenes.cases.tracks.now import ACTIONS
from kenes.creditors.models import CreditorType
from kenes.law.models import Direction

Out = serializers.Serializer[Any]
DEADLINE_STATUSES = ("running", "today", "suspended", "passed", "missed", "met")


class PersonRef(Out):
    id = serializers.UUIDField()
    full_name = serializers.CharField()


class CaseNextDeadline(Out):
    title = serializers.CharField()
    due = serializers.DateField()
    days_left = serializers.IntegerField()
    critical = serializers.BooleanField()


class CaseRow(Out):
    """A case in a list. The name is initials in the common list and empty for administrators."""

    id = serializers.UUIDField()
    number = serializers.CharField(allow_null=True)
    status = serializers.ChoiceField(CaseStatus.choices)
    status_label = serializers.CharField()
    source = serializers.ChoiceField(CaseSource.choices)
    headline = serializers.CharField()
    urgency = serializers.IntegerField()
    borrower_name = serializers.CharField()
    masked_iin = serializers.CharField(allow_null=True)
    creditors = serializers.ListField(child=serializers.CharField())
    total_tiyn = serializers.IntegerField(allow_null=True)
    next_deadline = CaseNextDeadline(allow_null=True)
    missed_deadline = CaseNextDeadline(allow_null=True)
    assignee = PersonRef(allow_null=True)
    created_at = serializers.DateTimeField()
    submitted_at = serializers.DateTimeField(allow_null=True)
    updated_at = serializers.DateTimeField()


class CaseApplicant(Out):
    full_name = serializers.CharField()
    masked_iin = serializers.CharField(allow_null=True)
    masked_phone = serializers.CharField(allow_null=True)
    email = serializers.CharField(allow_null=True)
    address = serializers.CharField(allow_null=True)


class CaseCreditor(Out):
    id = serializers.UUIDField()
    name = serializers.CharField()
    type = serializers.ChoiceField(CreditorType.choices)
    verified = serializers.BooleanField()
    has_confirmed_address = serializers.BooleanField()


class CaseObligation(Out):
    id = serializers.UUIDField()
    index = serializers.IntegerField()
    creditor = CaseCreditor()
    contract_number = serializers.CharField()
    contract_date = serializers.DateField()
    original_amount_tiyn = serializers.IntegerField(allow_null=True)
    principal_tiyn = serializers.IntegerField()
    interest_tiyn = serializers.IntegerField()
    penalty_tiyn = serializers.IntegerField()
    total_tiyn = serializers.IntegerField()
    monthly_payment_tiyn = serializers.IntegerField(allow_null=True)
    rate_percent = serializers.FloatField(allow_null=True)
    term_months = serializers.IntegerField(allow_null=True)
    overdue_since = serializers.DateField(allow_null=True)
    overdue_since_source = serializers.ChoiceField(OverdueSource.choices)
    collateral = serializers.CharField(allow_null=True)


class CaseIncome(Out):
    source = serializers.CharField()
    monthly_now_tiyn = serializers.IntegerField()
    monthly_before_tiyn = serializers.IntegerField()
    avg12_tiyn = serializers.IntegerField(allow_null=True)
    avg2_tiyn = serializers.IntegerField(allow_null=True)
    drop_percent = serializers.FloatField(allow_null=True)
    dependents = serializers.IntegerField()
    disabled_dependents = serializers.IntegerField()
    targeted_social_aid = serializers.BooleanField()


class CaseAsset(Out):
    kind = serializers.CharField()
    value_tiyn = serializers.IntegerField()
    pledged = serializers.BooleanField()


class CaseHardship(Out):
    code = serializers.CharField()
    since = serializers.DateField()
    text = serializers.CharField()


class CaseRelief(Out):
    kinds = serializers.ListField(child=serializers.CharField())
    defer_months = serializers.IntegerField(allow_null=True)
    new_term_months = serializers.IntegerField(allow_null=True)
    new_rate_percent = serializers.FloatField(allow_null=True)
    new_payment_tiyn = serializers.IntegerField(allow_null=True)
    comment = serializers.CharField(allow_null=True)


class CaseFact(Out):
    """A dated event. One told about several debts is one line with their ids."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(KIND_CODES)
    kind_label = serializers.CharField()
    date = serializers.DateField()
    text = serializers.CharField()
    source = serializers.ChoiceField(FactSource.choices)
    source_label = serializers.CharField()
    obligation_id = serializers.UUIDField(allow_null=True)
    obligation_ids = serializers.ListField(child=serializers.UUIDField())


class CaseTrackStep(Out):
    state = serializers.CharField()
    label = serializers.CharField()
    done = serializers.BooleanField()
    current = serializers.BooleanField()


class CaseTrack(Out):
    id = serializers.UUIDField()
    kind = serializers.ChoiceField(TrackKind.choices)
    kind_label = serializers.CharField()
    state = serializers.ChoiceField(TrackState.choices)
    state_label = serializers.CharField()
    obligation_id = serializers.UUIDField(allow_null=True)
    proposed = serializers.BooleanField()
    can_be_opened = serializers.BooleanField()
    reasons = serializers.ListField(child=serializers.CharField())
    steps = CaseTrackStep(many=True)
    version = serializers.IntegerField()
    state_since = serializers.DateTimeField(allow_null=True)
    opened_at = serializers.DateTimeField(allow_null=True)
    external_number = serializers.CharField()
    outcome = serializers.CharField()
    outcome_label = serializers.CharField()
    escalated_from = serializers.UUIDField(allow_null=True)
    deadline_ids = serializers.ListField(child=serializers.UUIDField())
    allowed_actions = TrackAllowedAction(many=True)
    next_steps = TrackNextStep(many=True)


class LawSource(Out):
    title = serializers.CharField()
    reference = serializers.CharField()


class CaseDeadlineItem(Out):
    id = serializers.UUIDField()
    rule = serializers.CharField()
    title = serializers.CharField()
    obligation_id = serializers.UUIDField(allow_null=True)
    start = serializers.DateField()
    due = serializers.DateField()
    days_left = serializers.IntegerField()
    status = serializers.ChoiceField(DEADLINE_STATUSES)
    direction = serializers.ChoiceField(Direction.choices)
    bound = serializers.CharField()
    bound_label = serializers.CharField()
    explanation = serializers.CharField()
    source = LawSource(many=True)
    needs_review = serializers.BooleanField()
    critical = serializers.BooleanField()
    met_on = serializers.DateField(allow_null=True)


class CaseNowAction(Out):
    kind = serializers.ChoiceField(ACTIONS)
    document_id = serializers.UUIDField(allow_null=True)
    offer_id = serializers.UUIDField(allow_null=True)
    draft_id = serializers.UUIDField(allow_null=True)
    case_id = serializers.UUIDField()


class CaseNow(Out):
    """What happens in one procedure, or in the case as a whole when `track_id` is null. `is_yours`: the borrower is to act."""

    title = serializers.CharField()
    text = serializers.CharField()
    action = CaseNowAction()
    is_yours = serializers.BooleanField()
    track_id = serializers.UUIDField(allow_null=True)


class CaseDetail(CaseRow):
    """A case as its page shows it. Income, hardship and address are null where the reader sees them masked."""

    language = serializers.ChoiceField(Language.choices)
    applicant = CaseApplicant()
    obligations = CaseObligation(many=True)
    income = CaseIncome(allow_null=True)
    assets = CaseAsset(many=True)
    hardship = CaseHardship(allow_null=True)
    relief = CaseRelief(allow_null=True)
    events = CaseFact(many=True)
    tracks = CaseTrack(many=True)
    deadlines = CaseDeadlineItem(many=True)
    now = CaseNow(many=True)
    outcome = serializers.CharField(allow_null=True)
    outcome_label = serializers.CharField(allow_null=True)
    resume_on = serializers.DateField(allow_null=True)
    papers = CasePaper(many=True)
    closing = serializers.ChoiceField(["open", "to_confirm", "confirmed"])
    masked = serializers.BooleanField()
    # How much the reader sees: the whole case, a masked one of the common list, or what was sent to his organisation.
    view = serializers.ChoiceField(["whole", "masked", "sent"])
    on_behalf_of_borrower = serializers.BooleanField()
    allowed_actions = serializers.ListField(child=serializers.CharField())
    version = serializers.IntegerField()


class CaseDraftSaved(Out):
    saved_at = serializers.DateTimeField()


class CaseDraftDetail(Out):
    step = serializers.CharField()
    data = serializers.DictField(allow_null=True)
    saved_at = serializers.DateTimeField(allow_null=True)


class CaseCounts(Out):
    """A number that reaches `counted_to` stands for that many or more."""

    by_status = serializers.DictField(child=serializers.IntegerField())
    mine = serializers.IntegerField()
    unassigned = serializers.IntegerField()
    overdue_deadlines = serializers.IntegerField()
    pressing = serializers.IntegerField()
    counted_to = serializers.IntegerField()


class CaseRevealed(Out):
    """Only the fields that were asked for."""

    iin = serializers.CharField(required=False)
    phone = serializers.CharField(required=False)
    income = CaseIncome(required=False, allow_null=True)


class ManagerList(Out):
    items = PersonRef(many=True)
