"""Procedures of a case. Personal data is encrypted; what lists filter and sort by is not."""

from django.db import models
from django.db.models import Q

from kenes.cases.models.case import Case
from kenes.cases.models.debts import Obligation
from kenes.cases.states.track import TrackKind, TrackState
from kenes.foundation.identifiers import new_id


class Track(models.Model):
    """A procedure for an obligation, or for the whole case when `obligation` is empty."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="tracks")
    obligation = models.ForeignKey(Obligation, on_delete=models.CASCADE, null=True, related_name="tracks")
    kind = models.CharField(max_length=30, choices=TrackKind.choices)
    state = models.CharField(max_length=24, choices=TrackState.choices, default=TrackState.PROPOSED)
    reasons = models.JSONField(default=list)
    created_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=TrackKind.values), name="track_kind_known"),
            models.CheckConstraint(condition=Q(state__in=TrackState.values), name="track_state_known"),
            models.CheckConstraint(
                condition=Q(state=TrackState.PROPOSED, opened_at__isnull=True)
                | (~Q(state=TrackState.PROPOSED) & Q(opened_at__isnull=False)),
                name="track_opened_has_time",
            ),
            models.UniqueConstraint(fields=["case", "obligation", "kind"], name="track_once"),
            models.UniqueConstraint(
                fields=["case", "kind"], condition=Q(obligation__isnull=True), name="track_once_case_wide"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "kind"], name="track_state_kind"),
            models.Index(fields=["kind", "state", "case"], name="track_kind_state_case"),
        ]

    @property
    def proposed(self) -> bool:
        return self.state == TrackState.PROPOSED
