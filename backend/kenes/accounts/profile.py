"""What a person tells of himself: names, papers, addresses, how to reach him.

`User.profile` holds, encrypted as a whole: {"addresses": [{kind, text}], "papers": [{kind, number, issued_by, issued_on,
valid_until}], "channels": {preferred, quiet_from, quiet_until}, "version": n}. At most one address and one paper of a kind.
"""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from kenes.accounts import permissions, photos, selectors
from kenes.accounts.errors import PersonNotFound
from kenes.accounts.errors_profile import ProfileChangedMeanwhile
from kenes.accounts.events_profile import ProfileChanged
from kenes.accounts.models import User
from kenes.event_log import services as event_log
from kenes.foundation.actor import Actor
from kenes.foundation.errors import FieldError, FieldErrors
from kenes.foundation.values import Iin, PhoneNumber

Json = dict[str, Any]


class ProfileAddressKind(models.TextChoices):
    REGISTERED = "registered", _("Registered address")
    ACTUAL = "actual", _("Where I live")
    POSTAL = "postal", _("For letters")


class PaperKind(models.TextChoices):
    ID_CARD = "id_card", _("Identity card")
    PASSPORT = "passport", _("Passport")
    RESIDENCE_PERMIT = "residence_permit", _("Residence permit")


class Channel(models.TextChoices):
    SMS = "sms", _("SMS")
    EMAIL = "email", _("E-mail")
    WHATSAPP = "whatsapp", _("WhatsApp")


NO_CHANNELS: Final[Json] = {"preferred": Channel.SMS.value, "quiet_from": None, "quiet_until": None}
_SHOWN_END: Final = 3


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile as its owner sees it: numbers of papers, ИИН and phone masked."""

    full_name: str
    full_name_kk: str
    masked_iin: str | None
    birth_date: Any
    language: str
    masked_phone: str | None
    email: str | None
    email_verified: bool
    addresses: list[Json]
    papers: list[Json]
    channels: Json
    photo_url: str | None
    version: int


def get_profile(*, actor: Actor) -> Profile:
    """The profile of the actor himself. PersonNotFound for who has no account."""
    if actor.user_id is None:
        raise PersonNotFound
    return profile_of(selectors.get_person(actor.user_id))


def profile_of(user: User) -> Profile:
    """A loaded person's profile; one query."""
    told: Json = user.profile or {}
    iin = Iin(user.iin) if user.iin else None
    return Profile(
        full_name=user.full_name,
        full_name_kk=user.full_name_kk,
        masked_iin=iin.masked() if iin else None,
        birth_date=iin.birth_date if iin else None,
        language=user.language,
        masked_phone=PhoneNumber(user.phone).masked() if user.phone else None,
        email=user.email,
        email_verified=user.email is not None and user.email_verified_at is not None,
        addresses=list(told.get("addresses", [])),
        papers=[_masked_paper(paper) for paper in told.get("papers", [])],
        channels={**NO_CHANNELS, **told.get("channels", {})},
        photo_url=photos.photo_url(user),
        version=int(told.get("version", 1)),
    )


def _masked_paper(paper: Json) -> Json:
    shown = {name: value for name, value in paper.items() if name != "number"}
    return {**shown, "masked_number": mask_number(str(paper["number"]))}


def mask_number(number: str) -> str:
    """All but the last three characters hidden; a short one is hidden whole."""
    shown = number[-_SHOWN_END:] if len(number) > 2 * _SHOWN_END else ""
    return "•" * (len(number) - len(shown)) + shown


@transaction.atomic
def update(*, actor: Actor, user_id: UUID, version: int, changes: Json) -> User:
    """Change parts of the own profile: full_name, full_name_kk, language, addresses, papers, channels.

    A list replaces the former list; a paper without a number keeps the number of the paper of its kind. Raises Forbidden,
    ProfileChangedMeanwhile, FieldErrors (/papers/n/number when there is no number to keep).
    """
    user = User.objects.select_for_update().filter(pk=user_id).first()
    if user is None:
        raise PersonNotFound
    permissions.require(actor, "person.edit", user.pk)
    told: Json = dict(user.profile or {})
    present = int(told.get("version", 1))
    if present != version:
        raise ProfileChangedMeanwhile(version=present)
    new = dict(changes)
    if "papers" in new:
        new["papers"] = _with_numbers(new["papers"], told.get("papers", []))
    columns: list[str] = [name for name in ("full_name", "full_name_kk", "language") if name in new]
    parts = [name for name in ("addresses", "papers", "channels") if name in new]
    changed = [name for name in columns if getattr(user, name) != new[name]]
    changed += [name for name in parts if told.get(name) != new[name]]
    if not changed:
        return user
    for name in columns:
        setattr(user, name, new.pop(name))
    user.profile = {**told, **new, "version": present + 1}
    user.save(update_fields=["full_name", "full_name_kk", "language", "profile"])
    event_log.record(ProfileChanged(person_id=user.pk, fields=tuple(changed)), actor=actor)
    return user


def _with_numbers(papers: list[Json], kept: list[Json]) -> list[Json]:
    known = {paper["kind"]: paper["number"] for paper in kept}
    errors = []
    whole = []
    for index, paper in enumerate(papers):
        number = paper.get("number") or known.get(paper["kind"])
        if not number:
            errors.append(
                FieldError(f"/papers/{index}/number", "required", _("Give the number of the paper."))
            )
            continue
        whole.append({**paper, "number": number})
    if errors:
        raise FieldErrors(errors)
    return whole
