"""Django app of letters and their dispatch."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Templates, letters, files of letters, dispatches and their proof."""

    name = "kenes.documents"
    label = "documents"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kenes.documents import (
            evidence,  # noqa: F401  (registers itself)
            file_access,
            subscriptions,  # noqa: F401  (handlers register themselves)
        )
        from kenes.documents.editing import subscriptions as templates  # noqa: F401  (handlers register themselves)

        file_access.connect()

    def load_reference_data(self) -> None:
        from kenes.documents import services

        services.load_reference_data()

    def load_demo_data(self, cases: int) -> None:
        """Let demonstration letters reach their lenders (called by `load_demo_data`)."""
        from kenes.documents.demo import letters as demo
        from kenes.documents.demo import versions as demo_versions
        from kenes.documents.editing import demo as templates

        templates.load()
        demo.load()
        demo_versions.load()
