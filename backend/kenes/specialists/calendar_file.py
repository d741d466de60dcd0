"""A consultation as a calendar file (RFC 5545): one event, which a later file replaces or cancels."""

from datetime import UTC, datetime
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from kenes.foundation import clock
from kenes.specialists.models import Booking, Way
from kenes.specialists.states import BookingStatus

_LONGEST: Final = 73


def ics(booking: Booking) -> bytes:
    """The file; its host is loaded. Cancelled consultations say so, so that a calendar takes them out."""
    host = booking.host
    name = host.user.full_name if host.user is not None else "Kenes Hub"
    off = booking.status == BookingStatus.CANCELLED
    place = host.office if booking.way == Way.OFFICE else host.link if booking.way == Way.ONLINE else ""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Kenes Hub//consultations//RU",
        "CALSCALE:GREGORIAN",
        f"METHOD:{'CANCEL' if off else 'PUBLISH'}",
        "BEGIN:VEVENT",
        f"UID:{booking.pk}@{settings.EMAIL_DOMAIN}",
        f"SEQUENCE:{booking.sequence}",
        f"DTSTAMP:{_stamp(clock.now())}",
        f"DTSTART:{_stamp(booking.starts_at)}",
        f"DTEND:{_stamp(booking.ends_at)}",
        f"SUMMARY:{_text(_('Consultation: %(name)s') % {'name': name})}",
        f"LOCATION:{_text(place or str(Way(booking.way).label))}",
        f"STATUS:{'CANCELLED' if off else 'CONFIRMED'}",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_text(_('Consultation in an hour'))}",
        "TRIGGER:-PT1H",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{folded}\r\n" for line in lines for folded in _fold(line)).encode()


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\r", "").replace("\n", "\\n")


def _fold(line: str) -> list[str]:
    """Lines of at most 75 octets; what goes on begins with a space."""
    parts, current = [], ""
    for char in line:
        if len((current + char).encode()) > _LONGEST:
            parts.append(current)
            current = " "
        current += char
    return [*parts, current]
