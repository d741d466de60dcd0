"""How long data are kept."""

from typing import Any

from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from kenes.accounts import retention
from kenes.accounts.api.privacy_serializers import RetentionRuleInput, RetentionRuleItem, RetentionRuleList
from kenes.accounts.models import RetentionRule
from kenes.foundation.api import ApiRequest, ApiView


def _shown(rule: RetentionRule) -> dict[str, Any]:
    language = get_language() or "ru"
    plain = ("key", "days", "action", "enabled", "needs_lawyer_review", "last_run_at", "last_count")
    return {
        **{name: getattr(rule, name) for name in plain},
        "title": retention.in_language(rule, "title", language),
        "ground": retention.in_language(rule, "ground", language),
        "least_days": retention.least_days(rule.key),
        "action_label": RetentionRule.Action(rule.action).label,
    }


class RetentionRulesView(ApiView):
    needs = "retention.edit"

    @extend_schema(operation_id="retention_rules_list", responses=RetentionRuleList)
    def get(self, request: ApiRequest) -> Response:
        return self.ok(RetentionRuleList, {"items": [_shown(rule) for rule in retention.rules()]})


class RetentionRuleView(ApiView):
    needs = "retention.edit"
    fresh = frozenset({"PATCH"})

    @extend_schema(
        operation_id="retention_rules_update", request=RetentionRuleInput, responses=RetentionRuleItem
    )
    def patch(self, request: ApiRequest, key: str) -> Response:
        data = self.parse(RetentionRuleInput)
        return self.ok(RetentionRuleItem, _shown(retention.change_rule(actor=request.actor, key=key, **data)))
