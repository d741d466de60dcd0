"""Django app of the foundation."""

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "kenes.foundation"
    label = "foundation"

    def ready(self) -> None:
        from kenes.foundation import checks, health, tasks  # noqa: F401  (they register themselves)
