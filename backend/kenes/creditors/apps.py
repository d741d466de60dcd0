"""Django configuration of the creditors app."""

from django.apps import AppConfig


class CreditorsConfig(AppConfig):
    """Registry of lenders."""

    name = "kenes.creditors"
    label = "creditors"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kenes.creditors import events  # noqa: F401  (makes the types known to the log)

    def load_reference_data(self) -> None:
        """Load the banks (called by `load_reference_data`)."""
        from kenes.creditors import services

        services.load_reference_data()

    def load_demo_data(self, cases: int) -> None:
        """Load the invented lenders and demonstration mailboxes (called by `load_demo_data`)."""
        from kenes.creditors import demo, services

        services.load_demo_data()
        demo.join_organisations()
