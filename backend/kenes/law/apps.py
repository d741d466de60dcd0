"""Django configuration of the law app."""

from django.apps import AppConfig


class LawConfig(AppConfig):
    """Terms set by law, the working-day calendar, indices."""

    name = "kenes.law"
    label = "law"
    default_auto_field = "django.db.models.BigAutoField"

    def load_reference_data(self) -> None:
        """Called by the command that loads the reference data of every app."""
        from kenes.law import services

        services.load_reference_data()

    def load_demo_data(self, cases: int) -> None:
        """Write demonstration proposals (called by `load_demo_data`)."""
        from kenes.law import demo

        demo.load()
