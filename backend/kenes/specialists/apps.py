"""Django configuration of the specialists app."""

from django.apps import AppConfig


class SpecialistsConfig(AppConfig):
    """Lawyers, mediators and notaries at work: pages, hours, requests for help, consultations, desks."""

    name = "kenes.specialists"
    label = "specialists"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kenes.specialists import subscriptions

        subscriptions.connect()

    def load_demo_data(self, cases: int) -> None:
        """Make demonstration requests, proposals and bookings (called by `load_demo_data`)."""
        from kenes.specialists import demo

        demo.load()
