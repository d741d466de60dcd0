from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "kenes.webhooks"
    label = "webhooks"
