"""Django app of people, roles, organisations, sign-in and consents."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "kenes.accounts"
    label = "accounts"

    def ready(self) -> None:
        from allauth.account.signals import user_logged_in as allauth_user_logged_in
        from django.contrib.auth.signals import user_logged_in

        from kenes.accounts import (  # noqa: F401  (registers handlers)
            code_alarm,
            file_access,
            file_alarm,
            live_sessions,
            second_step,
            sign_in_log,
            subscriptions,
            token_ends,
        )

        second_step.install()
        code_alarm.register()
        file_access.connect()
        user_logged_in.connect(live_sessions.mark_signed_in, dispatch_uid="accounts.mark_signed_in")
        allauth_user_logged_in.connect(sign_in_log.note_signed_in, dispatch_uid="accounts.note_signed_in")
        allauth_user_logged_in.connect(live_sessions.mark_client, dispatch_uid="accounts.mark_client")

    def load_reference_data(self) -> None:
        """Publish the consent texts (called by `load_reference_data`)."""
        from kenes.accounts import services

        services.load_reference_data()

    def load_demo_data(self, cases: int) -> None:
        """Make the demonstration people (called by `load_demo_data`)."""
        from kenes.accounts import demo, demo_people, demo_specialists

        demo.load()
        demo_specialists.load()
        demo_people.load()
