from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "kenes.outbox"
    label = "outbox"

    def ready(self) -> None:
        from kenes.foundation import health
        from kenes.outbox import selectors

        health.gauge("outbox_rows", selectors.counts_by_status)
        health.gauge("outbox_oldest_due_seconds", lambda: {"": selectors.oldest_due_seconds()})
