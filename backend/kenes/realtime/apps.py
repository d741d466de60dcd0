from django.apps import AppConfig


class RealtimeConfig(AppConfig):
    name = "kenes.realtime"
    label = "realtime"
