"""Texts that people agree to, and their acceptance."""

import hashlib
import tomllib
import unicodedata
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kenes.accounts import one_time_codes, permissions, selectors, sms_texts
from kenes.accounts.errors import (
    ConsentCodeExpired,
    ConsentCodeSpent,
    ConsentTextChanged,
    PublishedTextChanged,
)
from kenes.accounts.errors_personal_data import ConsentNotGiven
from kenes.accounts.events import ConsentAccepted
from kenes.accounts.events_personal_data import ConsentWithdrawn
from kenes.accounts.models import Consent, ConsentKind, ConsentText, Language, OneTimeCode, User
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.errors import FieldError, FieldErrors, SignInRequired

DATA = Path(__file__).parent / "data" / "consents"
_PURPOSES = {ConsentKind.SMS_AGREEMENT: OneTimeCode.Purpose.SMS_AGREEMENT}


def digest(title: str, body: str) -> str:
    """SHA-256 (hex) of a text as it is shown: title, empty line, body, in UTF-8 and NFC."""
    return hashlib.sha256(unicodedata.normalize("NFC", f"{title}\n\n{body}").encode()).hexdigest()


@transaction.atomic
def load_texts() -> int:
    """Publish the texts of the data folder that are not yet published; how many were new.

    PublishedTextChanged when the file of a published version was edited: people accepted the old wording.
    """
    index = tomllib.loads((DATA / "index.toml").read_text(encoding="utf-8"))
    return sum(
        _load_text(kind, entry, language) for kind, entry in index.items() for language in Language.values
    )


def _load_text(kind: str, entry: dict[str, int | bool], language: str) -> int:
    version, needs_review = int(entry["version"]), bool(entry["needs_lawyer_review"])
    source = (DATA / f"{kind}.{version}.{language}.md").read_text(encoding="utf-8")
    source = unicodedata.normalize("NFC", source).format(**settings.OPERATOR)
    heading, _line, body = source.partition("\n")
    title, body = heading.removeprefix("# ").strip(), body.strip()
    sha256 = digest(title, body)
    text, created = ConsentText.objects.get_or_create(
        kind=kind, version=version, language=language,
        defaults={
            "title": title, "body": body, "sha256": sha256, "needs_lawyer_review": needs_review,
        },
    )  # fmt: skip
    if text.sha256 != sha256:
        raise PublishedTextChanged(f"{kind} version {version} ({language}): raise the version in index.toml")
    if text.needs_lawyer_review != needs_review:
        text.needs_lawyer_review = needs_review
        text.save(update_fields=["needs_lawyer_review"])
    return int(created)


def request_code(*, actor: Actor, kind: str, language: str) -> OneTimeCode:
    """Send the code that accepts the current text of `kind` (only kinds that are accepted by code)."""
    person_id = _signed_in(actor)
    purpose = _PURPOSES.get(ConsentKind(kind))
    text = _current(kind, language)
    if purpose is None or text is None:
        raise FieldErrors([FieldError("/kind", "no_code", _("This text is accepted without a code."))])
    return one_time_codes.issue_code(
        person_id=person_id, purpose=purpose, bound_hash=text.sha256, text=sms_texts.agreement
    )


def accept(
    *, actor: Actor, kind: str, version: int, sha256: str, ip: str, user_agent: str, digits: str = ""
) -> Consent:
    """Accept exactly the text with this digest; accepting it again returns the first acceptance.

    Raises ConsentTextChanged when the digest is not that of the newest version; for the SMS agreement also the
    errors of a wrong, spent or expired code. A wrong try stays counted, so never call it inside a transaction.
    """
    person_id = _signed_in(actor)
    permissions.require(actor, "consent.accept", person_id)
    text = ConsentText.objects.filter(kind=kind, version=version, sha256=sha256).first()
    if text is None or version != selectors.current_version(kind):
        raise ConsentTextChanged
    purpose = _PURPOSES.get(ConsentKind(kind))
    check = None
    with transaction.atomic():
        # The lock makes a parallel second acceptance wait and then find the first.
        User.objects.select_for_update().get(pk=person_id)
        known = selectors.consent_of(person_id, kind)
        if known is not None:
            return known
        if purpose is not None:
            check = one_time_codes.check_code(
                person_id=person_id, purpose=purpose, bound_hash=sha256, digits=digits
            )
        if check is None or check.is_right:
            code = check.code if check else None
            return _record(actor, person_id, text, ip=ip, user_agent=user_agent, code=code)
    one_time_codes.raise_unless_right(check, spent=ConsentCodeSpent, expired=ConsentCodeExpired)
    raise AssertionError("unreachable")


@transaction.atomic
def withdraw(*, actor: Actor, kind: str, reason: str = "", ip: str = "") -> None:
    """Take back every acceptance of this kind. What it covered stops: waiting letters, signing by SMS, new cases.

    A step that holds the consent (`hold`) ends first; after that nothing begins any more. Raises ConsentNotGiven.
    """
    person_id = _signed_in(actor)
    permissions.require(actor, "consent.withdraw", person_id)
    # Only the consents are locked, not the person: steps that hold a consent may lock the person after it.
    given = Consent.objects.select_for_update(of=("self",)).filter(
        person_id=person_id, kind=kind, withdrawn_at__isnull=True
    )
    rows = list(given.order_by("pk"))
    if not rows:
        raise ConsentNotGiven
    for consent in rows:
        consent.withdrawn_at, consent.withdrawn_ip, consent.withdrawal_reason = clock.now(), ip, reason
        consent.save(update_fields=["withdrawn_at", "withdrawn_ip", "withdrawal_reason"])
    newest = max(rows, key=lambda consent: consent.version)
    event_log.record(
        ConsentWithdrawn(person_id=person_id, consent_id=newest.pk, kind=kind, version=newest.version),
        actor=actor,
    )


def hold(person_id: UUID, kind: str, *, any_version: bool = False) -> bool:
    """Whether the newest text of this kind is accepted, and stays so until the caller's transaction ends.

    The only question to ask inside a step that needs a consent: a withdrawal at the same moment waits for the step,
    or the step waits for the withdrawal and then sees it. Call it in a transaction, after the step's own locks.
    `any_version` also takes an older text that was not withdrawn: it still covers what was begun under it.
    """
    held = Consent.objects.select_for_update(of=("self",), no_key=True).filter(
        person_id=person_id, kind=kind, withdrawn_at__isnull=True
    )
    if not any_version:
        newest = selectors.current_version(kind)
        if newest is None:
            return False
        held = held.filter(version=newest)
    return held.order_by("-version").first() is not None


def _record(
    actor: Actor, person_id: UUID, text: ConsentText, *, ip: str, user_agent: str, code: OneTimeCode | None
) -> Consent:
    consent = Consent.objects.create(
        person_id=person_id, text=text, kind=text.kind, version=text.version, ip=ip, user_agent=user_agent[:500],
        code=code,
    )  # fmt: skip
    event_log.record(
        ConsentAccepted(
            person_id=person_id, consent_id=consent.pk, kind=text.kind, version=text.version,
            language=text.language, text_sha256=text.sha256,
        ),
        actor=actor,
    )  # fmt: skip
    return consent


def _current(kind: str, language: str) -> ConsentText | None:
    return next((text for text in selectors.current_texts(language) if text.kind == kind), None)


def _signed_in(actor: Actor) -> UUID:
    if actor.user_id is None:
        raise SignInRequired
    return actor.user_id
