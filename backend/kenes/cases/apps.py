"""Django configuration of the cases app."""

import pkgutil
from importlib import import_module

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Cases and everything inside them."""

    name = "kenes.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kenes.cases import file_access, subscriptions
        from kenes.cases.answers import answers_people
        from kenes.cases.collaboration import case_sections
        from kenes.cases.subscriptions import cases as subscriptions_of_cases

        # Reactions and renderers of the history register themselves when their topic is imported.
        for topic in pkgutil.iter_modules(subscriptions.__path__):
            import_module(f"{subscriptions.__name__}.{topic.name}")
        subscriptions_of_cases.connect()
        case_sections.connect()
        answers_people.connect()
        file_access.connect()

    def load_demo_data(self, cases: int) -> None:
        """Make demonstration cases (called by `load_demo_data`)."""
        from kenes.cases.demo import cases as demo
        from kenes.cases.demo import collaboration as demo_collaboration
        from kenes.cases.demo import debts as demo_debts
        from kenes.cases.demo import desks as demo_desks
        from kenes.cases.demo import lists as demo_lists
        from kenes.cases.demo import papers as demo_papers
        from kenes.cases.demo import terms as demo_terms
        from kenes.cases.demo import work as demo_work

        demo.load_demo_cases(cases)
        demo_debts.load_demo_debts()
        demo_work.load_demo_work()
        demo_collaboration.fill()
        demo_desks.fill()
        demo_terms.fill()
        demo_lists.load()
        demo_papers.fill()
