"""Django configuration of the creditors app."""

from django.apps import AppConfig


class CreditorsConfig(AppConfig):
    """Registry of lenders."""

    name = "kenes.creditors"
    label = "creditors"
    default_auto_field = "django.db.models.BigAutoField"
