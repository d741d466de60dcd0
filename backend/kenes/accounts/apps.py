"""Django app of people, roles, organisations, sign-in and consents."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "kenes.accounts"
    label = "accounts"

    def ready(self) -> None:
        from kenes.accounts import subscriptions  # noqa: F401  (registers handlers)
