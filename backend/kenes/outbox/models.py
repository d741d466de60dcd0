"""Side effects that must not be lost: rows committed together with the change that causes them."""

from django.db import models

from kenes.foundation.identifiers import new_id


class OutboxRow(models.Model):
    """One effect to run. `key` makes it unique; rows with one `ordering_key` run one after another."""

    class Status(models.TextChoices):
        PENDING = "pending"
        DONE = "done"
        DEAD = "dead"

    token = models.UUIDField(default=new_id, unique=True, editable=False)
    handler = models.CharField(max_length=200)
    lane = models.CharField(max_length=20)
    payload = models.JSONField(default=dict)
    key = models.CharField(max_length=250, unique=True)
    ordering_key = models.CharField(max_length=120, blank=True, default="")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    available_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True, default="")
    on_date = models.DateField(null=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=["pending", "done", "dead"]), name="outbox_status"
            )
        ]
        indexes = [
            models.Index(
                fields=["lane", "available_at"], condition=models.Q(status="pending"), name="outbox_due"
            ),
            models.Index(
                fields=["ordering_key", "id"],
                condition=models.Q(status="pending") & ~models.Q(ordering_key=""),
                name="outbox_order",
            ),
            models.Index(fields=["finished_at"], condition=models.Q(status="done"), name="outbox_finished"),
            models.Index(fields=["status"], condition=models.Q(status="dead"), name="outbox_dead"),
        ]
