"""The public calculator of terms."""

from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from kenes.foundation import clock
from kenes.foundation.api import PUBLIC, ApiRequest, ApiView
from kenes.law import reference, selectors
from kenes.law.api.serializers import EventKindList, TermList, TermsQuery
from kenes.law.selectors import ComputedTerm


def language() -> str:
    """Language of this request: ru, kk or en."""
    lang = (get_language() or "ru")[:2]
    return lang if lang in reference.LANGUAGES else "ru"


def term_row(computed: ComputedTerm, lang: str) -> dict[str, object]:
    """A computed term as the API shows it."""
    rule, term = computed.rule, computed.term
    left = selectors.days_left(term.due)
    return {
        "rule": rule.key,
        "title": rule.title(lang),
        "due": term.due,
        "counted_from": term.counted_from,
        "direction": rule.direction,
        "bound": rule.bound,
        "bound_label": selectors.bound_label(rule, lang),
        "explanation": selectors.explain(computed, lang),
        "skipped_days": selectors.skipped_days(term, lang),
        "source": selectors.sources(rule, lang),
        "needs_review": rule.needs_review,
        "critical": rule.critical,
        "status": "running" if left > 0 else "today" if left == 0 else "passed",
        "days_left": left,
    }


class TermsView(ApiView):
    """Terms that begin with an event."""

    needs = PUBLIC
    scopes = {"GET": "law:read"}

    @extend_schema(operation_id="law_terms", parameters=[TermsQuery], responses=TermList)
    def get(self, request: ApiRequest) -> Response:
        query = self.parse_query(TermsQuery)
        found = selectors.compute(query["event"], query["date"], clock.today())
        lang = language()
        rows = [term_row(computed, lang) for computed in found]
        return self.ok(TermList, {"event": query["event"], "date": query["date"], "terms": rows})


class EventKindsView(ApiView):
    """Events that the public calculator offers."""

    needs = PUBLIC
    scopes = {"GET": "law:read"}

    @extend_schema(operation_id="law_events", responses=EventKindList)
    def get(self, request: ApiRequest) -> Response:
        return self.ok(EventKindList, {"items": selectors.event_kinds(language(), public_only=True)})
