"""Mail and text messages between borrowers and specialists, each in the language of who gets it. No word of the case itself."""

from collections.abc import Callable
from html import escape

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from kenes.accounts.models import User
from kenes.foundation import clock
from kenes.foundation.language.dates import format_date
from kenes.messaging import services as messaging
from kenes.messaging.errors import PhoneNotReachable
from kenes.specialists.models import Booking

KIND = "specialists"


def tell(person: User, *, key: str, write: Callable[[], tuple[str, list[str]]], path: str) -> None:
    """Queue a letter with a link to the page; nothing is sent to who has given no address."""
    if not person.email or not person.is_active:
        return
    with translation.override(person.language):
        subject, paragraphs = write()
    link = f"{settings.PUBLIC_URL}/{person.language}{path}"
    lines = [*paragraphs, link]
    shown = "".join(
        f'<p><a href="{escape(line)}">{escape(line)}</a></p>' if line == link else f"<p>{escape(line)}</p>"
        for line in lines
    )
    messaging.send_email(
        key=key, to=person.email, subject=subject, text="\n\n".join(lines) + "\n",
        html=f'<html lang="{person.language}"><body>{shown}</body></html>', kind=KIND, person_id=person.pk,
    )  # fmt: skip


def remind_by_text(person: User, booking: Booking, *, key: str) -> None:
    """Queue a text message an hour before; only its time, nothing of why."""
    if not person.phone or person.phone_verified_at is None or not person.is_active:
        return
    with translation.override(person.language):
        text = _("Kenes Hub: your consultation begins at %(time)s (Almaty time).") % {
            "time": time_of(booking)
        }
    try:
        messaging.send_sms(key=key, phone=person.phone, text=text, kind=KIND, person_id=person.pk)
    except PhoneNotReachable:
        return


def time_of(booking: Booking) -> str:
    """The beginning on the Almaty clock."""
    return clock.almaty(booking.starts_at).strftime("%H:%M")


def day_of(booking: Booking) -> str:
    """The day of a consultation in the active language."""
    language = (translation.get_language() or "ru")[:2]
    return format_date(clock.almaty(booking.starts_at).date(), language)


def proposal_came() -> tuple[str, list[str]]:
    return _("A specialist proposes to help"), [
        _("There is a new proposal for your request. Compare fee and time and choose, or wait for others.")
    ]


def proposal_chosen() -> tuple[str, list[str]]:
    return _("Your proposal was chosen"), [_("The borrower has chosen you. The case is open to you now.")]


def proposal_not_chosen() -> tuple[str, list[str]]:
    return _("Another proposal was chosen"), [
        _(
            "The borrower has chosen another specialist or looks for nobody any more. Thank you for your offer."
        )
    ]


def booked(booking: Booking) -> tuple[str, list[str]]:
    place = {"day": day_of(booking), "time": time_of(booking)}
    return _("Consultation booked: %(day)s, %(time)s") % place, [
        _("A consultation is booked for %(day)s at %(time)s, Almaty time.") % place
    ]


def changed(booking: Booking, action: str) -> tuple[str, list[str]]:
    place = {"day": day_of(booking), "time": time_of(booking)}
    if action == "move":
        return _("Consultation moved: %(day)s, %(time)s") % place, [
            _("The consultation now begins on %(day)s at %(time)s, Almaty time.") % place
        ]
    if action == "cancel":
        return _("Consultation cancelled"), [
            _("The consultation on %(day)s at %(time)s will not take place. The reason stands on its page.")
            % place
        ]
    return _("Summary of your consultation"), [
        _("The specialist has written down what was said and advised.")
    ]


def near(booking: Booking) -> tuple[str, list[str]]:
    place = {"day": day_of(booking), "time": time_of(booking)}
    return _("Reminder: consultation on %(day)s at %(time)s") % place, [
        _("Your consultation begins on %(day)s at %(time)s, Almaty time.") % place
    ]
