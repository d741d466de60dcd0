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
        from kenes.cases import case_sections

        case_sections.connect()
        from kenes.cases import (
            answers_people,
            subscriptions_answers,  # noqa: F401  (renderers register themselves)
            subscriptions_collaboration,  # noqa: F401  (renderers register themselves)
            subscriptions_debts,  # noqa: F401  (renderers register themselves)
            subscriptions_lists,  # noqa: F401  (handlers register themselves)
            subscriptions_procedures,  # noqa: F401  (renderers register themselves)
            subscriptions_terms,  # noqa: F401  (renderers register themselves)
            subscriptions_work,  # noqa: F401  (renderers register themselves)
        )

        answers_people.connect()

    def load_demo_data(self, cases: int) -> None:
        """Make demonstration cases (called by `load_demo_data`)."""
        from kenes.cases import demo, demo_collaboration, demo_debts, demo_lists, demo_work

        demo.load_demo_cases(cases)
        demo_debts.load_demo_debts()
        demo_work.load_demo_work()
        demo_collaboration.fill()
        demo_lists.load()
