"""Letters and text messages about signing, each in the language of who gets it: the number of the document and a day, no more."""

from collections.abc import Callable
from html import escape
from typing import Final
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from kenes.accounts.models import User
from kenes.foundation import clock
from kenes.foundation.errors import Throttled
from kenes.foundation.language.dates import format_date
from kenes.messaging import services as messaging
from kenes.messaging.errors import PhoneNotReachable
from kenes.signing import sms_texts
from kenes.signing.models import SignatureRequest, SignerRole, SigningRound
from kenes.signing.states import OPEN, RequestStatus, RoundStatus

KIND: Final = "signing"
Write = Callable[[], tuple[str, str]]
# Endings that people hear of; who chose anew has asked the new ones.
_TOLD: Final = (
    RoundStatus.COMPLETED, RoundStatus.DECLINED, RoundStatus.EXPIRED, RoundStatus.FAILED, RoundStatus.CANCELLED,
)  # fmt: skip


def tell_asked(request_id: UUID, *, key: str, is_reminder: bool) -> None:
    """Write to a signer that his turn has come, or once more; nothing when he has answered meanwhile.

    By e-mail, or by SMS to who has given none.
    """
    row = SignatureRequest.objects.select_related("signer", "document").filter(pk=request_id).first()
    if row is None or row.status not in OPEN or row.status == RequestStatus.ON_CHECK:
        return
    number, person = row.document.number, row.signer

    def write() -> tuple[str, str]:
        day = format_date(clock.almaty(row.expires_at).date(), person.language)
        values = {"number": number, "day": day}
        if row.role == SignerRole.APPROVER:
            subject = _("Document %(number)s waits for your approval") % values
            return subject, _("Read document %(number)s and approve or decline it by %(day)s.") % values
        subject = _("Document %(number)s waits for your signature") % values
        return subject, _("Read document %(number)s and sign or decline it by %(day)s.") % values

    if person.email and person.is_active:
        _mail(person, write, key=key, document_id=row.document_id, is_reminder=is_reminder)
    else:
        _text(person, number, key=key)


def tell_ended(round_id: UUID, *, key: str) -> None:
    """Write to everybody who takes part how the round has ended: a copy only when everybody has signed."""
    signing = SigningRound.objects.select_related("document", "created_by").get(pk=round_id)
    if signing.status not in _TOLD:
        return
    number = signing.document.number
    for person in _concerned(signing):
        if person.email and person.is_active:
            _mail(
                person,
                lambda: _ending(signing.status, number),
                key=f"{key}:{person.pk}",
                document_id=signing.document_id,
            )


def _concerned(signing: SigningRound) -> list[User]:
    rows = signing.requests.select_related("signer").exclude(status=RequestStatus.DELEGATED)
    if signing.status != RoundStatus.COMPLETED:
        # Whoever was never asked need not hear that it is over.
        rows = rows.exclude(role=SignerRole.COPY).filter(asked_at__isnull=False)
    people = {row.signer_id: row.signer for row in rows.order_by("position", "pk")}
    people.setdefault(signing.created_by_id, signing.created_by)
    return list(people.values())


def _ending(status: str, number: str) -> tuple[str, str]:
    values = {"number": number}
    match status:
        case RoundStatus.COMPLETED:
            return _("Document %(number)s is signed") % values, _(
                "Everybody has signed document %(number)s. You can open and download it."
            ) % values
        case RoundStatus.DECLINED:
            text = _("Document %(number)s was declined by one of those who were asked.") % values
        case RoundStatus.EXPIRED:
            text = _("The time to sign document %(number)s is over.") % values
        case RoundStatus.FAILED:
            text = _("Document %(number)s was replaced by a newer one.") % values
        case _:
            text = _("The request to sign document %(number)s was taken back.") % values
    return _("Signing of document %(number)s has ended") % values, text


def _mail(person: User, write: Write, *, key: str, document_id: UUID, is_reminder: bool = False) -> None:
    with translation.override(person.language):
        subject, text = write()
        if is_reminder:
            subject = _("Reminder: %(subject)s") % {"subject": subject}
        open_it = _("Open the document:")
    link = f"{settings.PUBLIC_URL}/{person.language}/sign/{document_id}"
    shown = f'<p>{escape(text)}</p><p>{escape(open_it)} <a href="{escape(link)}">{escape(link)}</a></p>'
    messaging.send_email(
        key=key, to=str(person.email), subject=subject, text=f"{text}\n\n{open_it} {link}\n",
        html=f'<html lang="{person.language}"><body>{shown}</body></html>', kind=KIND, person_id=person.pk,
    )  # fmt: skip


def _text(person: User, number: str, *, key: str) -> None:
    if not person.phone or person.phone_verified_at is None or not person.is_active:
        return
    with translation.override(person.language):
        text = sms_texts.waits(number)
    try:
        messaging.send_sms(key=key, phone=person.phone, text=text, kind=KIND, person_id=person.pk)
    except (PhoneNotReachable, Throttled):
        # He finds it in his list; a reminder that cannot be sent is not worth an alarm.
        return
