from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "kenes.outbox"
    label = "outbox"

    def ready(self) -> None:
        from kenes.foundation import health, retention
        from kenes.outbox import selectors, services

        retention.register("outbox", services.remove_old)
        health.gauge("outbox_rows", selectors.counts_by_status)
        health.gauge("outbox_oldest_due_seconds", lambda: {"": selectors.oldest_due_seconds()})
