"""Failures of questionnaires."""

from django.utils.translation import gettext_lazy as _

from kenes.foundation.errors import NotFound


class QuestionnaireNotFound(NotFound):
    code = "eligibility.questionnaire_not_found"
    title = _("Questionnaire not found")
    detail = _("There is no such questionnaire.")
