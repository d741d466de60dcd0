"""Time stamps of the daily anchors: asked of the configured authority outside any transaction, kept, checked."""

from kenes.event_log.models import DailyAnchor


def fault(anchor: DailyAnchor) -> str:
    """What is wrong with the stamp of an anchor; empty when it holds or there is none."""
    return ""
