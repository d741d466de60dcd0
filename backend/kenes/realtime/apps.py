from django.apps import AppConfig


class RealtimeConfig(AppConfig):
    name = "kenes.realtime"
    label = "realtime"

    def ready(self) -> None:
        from kenes.accounts import live_sessions
        from kenes.realtime import services

        live_sessions.on_end_all(services.close_sockets_of)
