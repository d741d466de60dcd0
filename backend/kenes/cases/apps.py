"""Django configuration of the cases app."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Cases and everything inside them."""

    name = "kenes.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kenes.cases import subscriptions

        subscriptions.connect()
