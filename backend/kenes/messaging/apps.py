"""Django app of outgoing messages."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "kenes.messaging"
    label = "messaging"

    def ready(self) -> None:
        from kenes.messaging import subscriptions  # noqa: F401  (registers handlers and the webhook door)
