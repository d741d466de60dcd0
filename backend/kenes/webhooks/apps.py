from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "kenes.webhooks"
    label = "webhooks"

    def ready(self) -> None:
        from kenes.foundation import retention
        from kenes.webhooks import services

        retention.register("webhook_calls", services.remove_old)
