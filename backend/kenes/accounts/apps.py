"""Django app of people, roles, organisations, sign-in and consents."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "kenes.accounts"
    label = "accounts"

    def ready(self) -> None:
        from kenes.accounts import subscriptions  # noqa: F401  (registers handlers)

    def load_reference_data(self) -> None:
        """Publish the consent texts (called by `load_reference_data`)."""
        from kenes.accounts import services

        services.load_reference_data()

    def load_demo_data(self, cases: int) -> None:
        """Make the demonstration people (called by `load_demo_data`)."""
        from kenes.accounts import demo

        demo.load()
