"""Django app of stored files."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "kenes.files"
    label = "files"

    def ready(self) -> None:
        # They register handlers and the health check.
        from kenes.files import recognition_subscriptions, subscriptions  # noqa: F401
