"""What accounts (and the apps below them, which know no people) have of a person, and how it moves at a merge."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from allauth.socialaccount.models import SocialAccount
from django.db.models import Model
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from kenes.accounts import merging
from kenes.accounts.models import (
    Consent,
    DataRead,
    Impersonation,
    Membership,
    OneTimeCode,
    PersonalDataRequest,
    PowerOfAttorney,
    ProgramConsent,
    SpecialistProfile,
)
from kenes.files import receiving
from kenes.files import selectors as files
from kenes.files import services as file_services
from kenes.foundation import clock
from kenes.messaging import services as messaging


def counter(model: type[Model], column: str) -> Callable[[UUID], int]:
    """Counts the rows whose column is the person."""
    return lambda person_id: model._default_manager.filter(**{f"{column}_id": person_id}).count()


def mover(model: type[Model], column: str) -> Callable[[UUID, UUID], None]:
    """Gives all rows to the account that stays; for tables without a rule that one account may have only one."""

    def move(gone_id: UUID, kept_id: UUID) -> None:
        model._default_manager.filter(**{f"{column}_id": gone_id}).update(**{f"{column}_id": kept_id})

    return move


def _clashing(gone_id: UUID, kept_id: UUID, model: Any, column: str, *same: str, **only: Any) -> list[UUID]:
    """Ids of rows of the closing account for which the staying one has a row with the same values."""
    theirs = model.objects.filter(**{f"{column}_id": kept_id}, **only).values_list(*same)
    taken = set(theirs)
    mine = model.objects.filter(**{f"{column}_id": gone_id}, **only).values_list("pk", *same)
    return [row[0] for row in mine if tuple(row[1:]) in taken]


def _move_codes(gone_id: UUID, kept_id: UUID) -> None:
    # Nothing that was begun on the closing account may be confirmed on the other one.
    pending = OneTimeCode.objects.filter(person_id=gone_id, closed_at__isnull=True)
    pending.update(closed_at=clock.now(), closed_as=OneTimeCode.Closed.CANCELLED)
    mover(OneTimeCode, "person")(gone_id, kept_id)


def _move_files(gone_id: UUID, kept_id: UUID) -> None:
    file_services.hand_over(owner_kind="person", from_id=gone_id, to_id=kept_id)
    receiving.hand_over(from_id=gone_id, to_id=kept_id)


def _same_consents(gone_id: UUID, kept_id: UUID) -> list[UUID]:
    return _clashing(gone_id, kept_id, Consent, "person", "kind", "version", withdrawn_at__isnull=True)


def _move_consents(gone_id: UUID, kept_id: UUID) -> None:
    stay = _same_consents(gone_id, kept_id)
    Consent.objects.filter(person_id=gone_id).exclude(pk__in=stay).update(person_id=kept_id)


def _warn_consents(gone_id: UUID, kept_id: UUID) -> list[str]:
    count = len(_same_consents(gone_id, kept_id))
    text = now("Consents of the same version: %(count)s. Those of the closed account stay with it.")
    return [text % {"count": count}] if count else []


def _same_organisations(gone_id: UUID, kept_id: UUID) -> list[UUID]:
    return _clashing(gone_id, kept_id, Membership, "user", "organisation_id", ended_at__isnull=True)


def _move_memberships(gone_id: UUID, kept_id: UUID) -> None:
    same = _same_organisations(gone_id, kept_id)
    Membership.objects.filter(pk__in=same).update(ended_at=clock.now())
    mover(Membership, "user")(gone_id, kept_id)


def _warn_memberships(gone_id: UUID, kept_id: UUID) -> list[str]:
    text = now("Both act for the same organisation. The place of the closed account ends.")
    return [text] if _same_organisations(gone_id, kept_id) else []


def _same_professions(gone_id: UUID, kept_id: UUID) -> list[UUID]:
    return _clashing(gone_id, kept_id, SpecialistProfile, "user", "kind")


def _move_professions(gone_id: UUID, kept_id: UUID) -> None:
    stay = _same_professions(gone_id, kept_id)
    SpecialistProfile.objects.filter(user_id=gone_id).exclude(pk__in=stay).update(user_id=kept_id)


def _warn_professions(gone_id: UUID, kept_id: UUID) -> list[str]:
    text = now("Both have an entry of the same profession. The one of the closed account stays with it.")
    return [text] if _same_professions(gone_id, kept_id) else []


def _same_requests(gone_id: UUID, kept_id: UUID) -> list[UUID]:
    waiting = {"status__in": PersonalDataRequest.OPEN}
    return _clashing(gone_id, kept_id, PersonalDataRequest, "person", "kind", **waiting)


def _move_requests(gone_id: UUID, kept_id: UUID) -> None:
    same = _same_requests(gone_id, kept_id)
    PersonalDataRequest.objects.filter(pk__in=same).update(status=PersonalDataRequest.Status.CANCELLED)
    mover(PersonalDataRequest, "person")(gone_id, kept_id)


def _warn_requests(gone_id: UUID, kept_id: UUID) -> list[str]:
    text = now("Both have an open request about their data. The one of the closed account is cancelled.")
    return [text] if _same_requests(gone_id, kept_id) else []


def _move_powers(side: str, other: str) -> Callable[[UUID, UUID], None]:
    def move(gone_id: UUID, kept_id: UUID) -> None:
        # Nobody represents himself: a power between the two accounts stays where it is, and ends.
        between = PowerOfAttorney.objects.filter(**{f"{side}_id": gone_id, f"{other}_id": kept_id})
        between.exclude(status=PowerOfAttorney.Status.REVOKED).update(
            status=PowerOfAttorney.Status.REVOKED, revoked_at=clock.now()
        )
        rest = PowerOfAttorney.objects.filter(**{f"{side}_id": gone_id}).exclude(**{f"{other}_id": kept_id})
        rest.update(**{f"{side}_id": kept_id})

    return move


def _warn_powers(side: str, other: str) -> Callable[[UUID, UUID], list[str]]:
    def warn(gone_id: UUID, kept_id: UUID) -> list[str]:
        text = now("A power of attorney between the two accounts stays as it is and is revoked.")
        between = PowerOfAttorney.objects.filter(**{f"{side}_id": gone_id, f"{other}_id": kept_id})
        return [text] if between.exists() else []

    return warn


def _move_programs(gone_id: UUID, kept_id: UUID) -> None:
    stay = _clashing(gone_id, kept_id, ProgramConsent, "user", "program_id")
    ProgramConsent.objects.filter(user_id=gone_id).exclude(pk__in=stay).update(user_id=kept_id)


def connect() -> None:
    """Register everything; called when the app starts."""
    merging.register(
        "consents",
        label=_("Consents"),
        count=counter(Consent, "person"),
        move=_move_consents,
        warn=_warn_consents,
    )
    merging.register(
        "codes", label=_("One-time codes"), count=counter(OneTimeCode, "person"), move=_move_codes
    )
    for side, other, label in (
        ("principal", "representative", _("Powers of attorney given")),
        ("representative", "principal", _("Powers of attorney received")),
    ):
        merging.register(
            f"powers_{side}", label=label, count=counter(PowerOfAttorney, side),
            move=_move_powers(side, other), warn=_warn_powers(side, other),
        )  # fmt: skip
    merging.register(
        "organisations", label=_("Organisations"), count=counter(Membership, "user"), move=_move_memberships,
        warn=_warn_memberships,
    )  # fmt: skip
    merging.register(
        "professions", label=_("Licences and register entries"), count=counter(SpecialistProfile, "user"),
        move=_move_professions, warn=_warn_professions,
    )  # fmt: skip
    merging.register(
        "data_requests", label=_("Personal-data requests"), count=counter(PersonalDataRequest, "person"),
        move=_move_requests, warn=_warn_requests,
    )  # fmt: skip
    merging.register(
        "programs",
        label=_("Permissions of programs"),
        count=counter(ProgramConsent, "user"),
        move=_move_programs,
    )
    _connect_simple()


def _connect_simple() -> None:
    merging.register(
        "reads",
        label=_("Who looked at the data"),
        count=counter(DataRead, "person"),
        move=mover(DataRead, "person"),
    )
    merging.register(
        "looks", label=_("Looks through the person's eyes"), count=counter(Impersonation, "person"),
        move=mover(Impersonation, "person"),
    )  # fmt: skip
    merging.register(
        "outside_logins", label=_("Outside logins"), count=counter(SocialAccount, "user"),
        move=mover(SocialAccount, "user"),
    )  # fmt: skip
    merging.register(
        "messages", label=_("Messages"), count=messaging.count_of,
        move=lambda gone, kept: messaging.hand_over(from_person_id=gone, to_person_id=kept),
    )  # fmt: skip
    merging.register(
        "files", label=_("Files"), count=lambda person_id: files.files_of("person", person_id).count(),
        move=_move_files,
    )  # fmt: skip
