from django.apps import AppConfig


class EventLogConfig(AppConfig):
    name = "kenes.event_log"
    label = "event_log"
