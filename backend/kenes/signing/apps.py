"""Django app of signatures, the seal and public verification."""

from django.apps import AppConfig


class SigningConfig(AppConfig):
    name = "kenes.signing"
    label = "signing"

    def ready(self) -> None:
        from kenes.signing import demo_rounds, subscriptions  # noqa: F401  (register handlers)
        from kenes.signing.eds import lists, qr_turns, stamping  # noqa: F401  (register handlers and a health check)
        from kenes.signing.evidence import wiring
        from kenes.signing.reading import deliveries

        wiring.connect()
        deliveries.connect()

    def load_demo_data(self, cases: int) -> None:
        """Let demonstration documents go round (called by `load_demo_data`)."""
        from kenes.signing import demo_rounds

        demo_rounds.load()
