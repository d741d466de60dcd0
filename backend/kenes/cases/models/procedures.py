"""Procedures of a case. Personal data is encrypted; what lists filter and sort by is not."""

from django.db import models
from django.db.models import Q

from kenes.cases.models.case import Case
from kenes.cases.models.debts import Obligation
from kenes.cases.states.track import ENDED, TrackKind, TrackState
from kenes.foundation.identifiers import new_id


class Track(models.Model):
    """A procedure for an obligation, or for the whole case when `obligation` is empty.

    Of one kind only one runs at a time for a debt; when it has ended, another may be opened.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="tracks")
    obligation = models.ForeignKey(Obligation, on_delete=models.CASCADE, null=True, related_name="tracks")
    kind = models.CharField(max_length=30, choices=TrackKind.choices)
    state = models.CharField(max_length=24, choices=TrackState.choices, default=TrackState.PROPOSED)
    reasons = models.JSONField(default=list)
    # Number under which the other side keeps it; how it ended, in codes of its table.
    external_number = models.CharField(max_length=80, blank=True, default="")
    outcome = models.CharField(max_length=30, blank=True, default="")
    # The procedure that did not help and led to this one.
    escalated_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, related_name="next_tracks"
    )
    # Counter-offers made so far.
    rounds = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    state_since = models.DateTimeField(null=True)
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
            models.UniqueConstraint(
                fields=["case", "obligation", "kind"],
                condition=~Q(state__in=sorted(ENDED)),
                name="track_once_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["case", "kind"],
                condition=Q(obligation__isnull=True) & ~Q(state__in=sorted(ENDED)),
                name="track_once_case_wide_at_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "kind"], name="track_state_kind"),
            models.Index(fields=["kind", "state", "case"], name="track_kind_state_case"),
        ]

    @property
    def proposed(self) -> bool:
        return self.state == TrackState.PROPOSED
