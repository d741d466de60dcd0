"""Django app of stored files."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "kenes.files"
    label = "files"

    def ready(self) -> None:
        from kenes.files import subscriptions  # noqa: F401  (registers handlers and the health check)
