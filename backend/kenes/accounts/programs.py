"""Programs of partners: registering, changing and shutting them out, and the consents that people give to them.

A program is an OAuth client of allauth (`Client`) with a row `Program`. Its secret is shown once and kept as a
password hash. A program that comes by itself (client credentials) acts as a service account with the role of its
organisation's kind, and only for that organisation.
"""

import ipaddress
import secrets as random
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import UUID

from allauth.idp.oidc.models import Client
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kenes.accounts import program_tokens, scopes
from kenes.accounts.errors_tokens import ProgramNotFound, ProgramRevoked
from kenes.accounts.events_tokens import (
    ProgramAllowed,
    ProgramChanged,
    ProgramForbidden,
    ProgramRegistered,
    ProgramSecretRotated,
    ProgramShutOut,
)
from kenes.accounts.models import Membership, Organisation, Program, ProgramConsent, Role, RoleGrant, User
from kenes.accounts.oidc_adapter import SUBJECT_KEY
from kenes.event_log import services as event_log
from kenes.foundation import clock
from kenes.foundation.actor import Actor
from kenes.foundation.errors import FieldError, FieldErrors, Forbidden

CODE, REFRESH, BY_ITSELF = (
    Client.GrantType.AUTHORIZATION_CODE,
    Client.GrantType.REFRESH_TOKEN,
    Client.GrantType.CLIENT_CREDENTIALS,
)
GRANTS: Final = (CODE, REFRESH, BY_ITSELF)
KINDS: Final = (Client.Type.CONFIDENTIAL, Client.Type.PUBLIC)
# The service account of a program gets what an ordinary officer of such an organisation has.
ROLE_OF_KIND: Final = {
    Organisation.Kind.CREDITOR: Role.CREDITOR_OFFICER,
    Organisation.Kind.LAW_OFFICE: Role.LAWYER,
    Organisation.Kind.MEDIATION_CENTRE: Role.MEDIATOR,
    Organisation.Kind.OMBUDSMAN: Role.OMBUDSMAN_OFFICER,
}
_NO_SECRET: Final = "!"  # noqa: S105  (fits no password)
_LOOPBACK_NAMES: Final = frozenset({"localhost"})


@dataclass(frozen=True, slots=True)
class Registered:
    """A program and its secret, which can be read this one time only; empty for a public program."""

    program: Program
    client_secret: str


def visible_to(actor: Actor) -> QuerySet[Program]:
    """All programs for whoever manages them, none for others."""
    _require(actor)
    return Program.objects.select_related("client", "organisation", "created_by")


def get(*, actor: Actor, program_id: UUID) -> Program:
    """One program; Forbidden, ProgramNotFound."""
    program = visible_to(actor).filter(pk=program_id).first()
    if program is None:
        raise ProgramNotFound
    return program


@transaction.atomic
def register(
    *, actor: Actor, name: str, kind: str, grants: list[str], scope_codes: list[str], redirect_uris: list[str],
    organisation_id: UUID | None,
) -> Registered:  # fmt: skip
    """Let a program in. Raises Forbidden, FieldErrors (redirect addresses, grants that do not fit, organisation)."""
    _require(actor)
    organisation = _organisation(organisation_id)
    _check(kind, grants, scope_codes, redirect_uris, organisation)
    secret = random.token_urlsafe(48) if kind == Client.Type.CONFIDENTIAL else ""
    client = Client(name=name, type=kind, data={SUBJECT_KEY: random.token_hex(32)})
    _fill(client, grants, scope_codes, redirect_uris)
    client.secret = _NO_SECRET
    if secret:
        client.set_secret(secret)
    client.save()
    program = Program.objects.create(
        client=client, organisation=organisation, created_by_id=_person(actor),
        service_user=_service_account(name, organisation) if BY_ITSELF in grants else None,
    )  # fmt: skip
    event = ProgramRegistered(program_id=program.pk, scopes=tuple(scope_codes), grants=tuple(grants))
    event_log.record(event, actor=actor)
    return Registered(program, secret)


@transaction.atomic
def change(*, actor: Actor, program_id: UUID, changes: dict[str, Any]) -> Program:
    """Change name, scopes or redirect addresses. Scopes that are taken away leave tokens and consents at once."""
    program = _locked(actor, program_id)
    client = program.client
    name = changes.get("name", client.name)
    codes = changes.get("scopes", client.get_scopes())
    uris = changes.get("redirect_uris", client.get_redirect_uris())
    grants = client.get_grant_types()
    _check(client.type, grants, codes, uris, program.organisation)
    taken = set(client.get_scopes()) - set(codes)
    client.name = name
    _fill(client, grants, codes, uris)
    client.save(update_fields=["name", "scopes", "default_scopes", "redirect_uris"])
    if taken:
        # A token says what it may: with less allowed, programs must ask anew.
        program_tokens.end_of_program(program)
        for consent in ProgramConsent.objects.select_for_update().filter(program=program):
            consent.scopes = [code for code in consent.scopes if code not in taken]
            consent.save(update_fields=["scopes"])
    event_log.record(ProgramChanged(program_id=program.pk, fields=tuple(sorted(changes))), actor=actor)
    return program


@transaction.atomic
def rotate_secret(*, actor: Actor, program_id: UUID) -> str:
    """A new secret; the old one stops at once. FieldErrors for a public program, which has none."""
    program = _locked(actor, program_id)
    if program.client.type != Client.Type.CONFIDENTIAL:
        raise FieldErrors([FieldError("", "public", _("A public program has no secret."))])
    secret = random.token_urlsafe(48)
    program.client.set_secret(secret)
    program.client.save(update_fields=["secret"])
    event_log.record(ProgramSecretRotated(program_id=program.pk), actor=actor)
    return secret


@transaction.atomic
def revoke(*, actor: Actor, program_id: UUID) -> Program:
    """Shut the program out for good: its tokens, consents and secret end now."""
    program = _locked(actor, program_id)
    program.revoked_at, program.revoked_by_id = clock.now(), actor.user_id
    program.save(update_fields=["revoked_at", "revoked_by"])
    client = program.client
    # Without grants, answers and a secret no address of the provider lets it in, whichever asks.
    client.secret, client.grant_types, client.response_types = _NO_SECRET, "", ""
    client.save(update_fields=["secret", "grant_types", "response_types"])
    program_tokens.end_of_program(program)
    program.consents.all().delete()
    if program.service_user is not None:
        User.objects.filter(pk=program.service_user.pk).update(is_active=False, deactivated_at=clock.now())
    event_log.record(ProgramShutOut(program_id=program.pk), actor=actor)
    return program


def consents_of(user_id: UUID) -> list[ProgramConsent]:
    """Programs that the person lets act for him, newest first."""
    rows = ProgramConsent.objects.filter(user_id=user_id, program__revoked_at__isnull=True)
    return list(rows.select_related("program__client").order_by("-granted_at", "id"))


@transaction.atomic
def allow(*, actor: Actor, program: Program, scope_codes: list[str]) -> None:
    """Remember that the person lets the program do this; scopes allowed before stay allowed."""
    consent, created = ProgramConsent.objects.select_for_update().get_or_create(
        user_id=_person(actor), program=program, defaults={"scopes": sorted(scope_codes)}
    )
    added = sorted(set(scope_codes) - set(consent.scopes))
    if not created and not added:
        return
    if added:
        consent.scopes, consent.granted_at = sorted({*consent.scopes, *added}), clock.now()
        consent.save(update_fields=["scopes", "granted_at"])
    event = ProgramAllowed(person_id=_person(actor), program_id=program.pk, scopes=tuple(scope_codes))
    event_log.record(event, actor=actor)


@transaction.atomic
def forbid(*, actor: Actor, program_id: UUID) -> None:
    """The person takes the consent back: the tokens that act for him end at once. ProgramNotFound without a consent."""
    consent = (
        ProgramConsent.objects.select_for_update(of=("self",))
        .select_related("program")
        .filter(user_id=_person(actor), program_id=program_id)
        .first()
    )
    if consent is None:
        raise ProgramNotFound
    program_tokens.end_of_consent(consent.program, consent.user_id)
    consent.delete()
    event_log.record(ProgramForbidden(person_id=consent.user_id, program_id=program_id), actor=actor)


def _require(actor: Actor) -> None:
    if not actor.can("oauth_client.edit"):
        raise Forbidden


def _person(actor: Actor) -> UUID:
    if actor.user_id is None:
        raise Forbidden
    return actor.user_id


def _locked(actor: Actor, program_id: UUID) -> Program:
    _require(actor)
    program = (
        Program.objects.select_for_update(of=("self",))
        .select_related("client", "organisation", "service_user", "created_by")
        .filter(pk=program_id)
        .first()
    )
    if program is None:
        raise ProgramNotFound
    if program.revoked_at is not None:
        raise ProgramRevoked
    return program


def _organisation(organisation_id: UUID | None) -> Organisation | None:
    if organisation_id is None:
        return None
    found = Organisation.objects.filter(pk=organisation_id, closed_at__isnull=True).first()
    if found is None:
        detail = _("There is no such organisation, or it is closed.")
        raise FieldErrors([FieldError("/organisation_id", "unknown", detail)])
    return found


def _fill(client: Client, grants: list[str], codes: list[str], uris: list[str]) -> None:
    client.set_grant_types(grants)
    client.set_scopes(codes)
    client.set_default_scopes([])
    client.set_redirect_uris(uris)
    client.set_response_types(["code"])


def _service_account(name: str, organisation: Organisation | None) -> User:
    user = User.objects.create(full_name=name, is_service=True, password=_NO_SECRET)
    if organisation is not None:
        Membership.objects.create(user=user, organisation=organisation, post="API")
        role = ROLE_OF_KIND.get(Organisation.Kind(organisation.kind))
        if role is not None:
            RoleGrant.objects.create(user=user, role=role)
    return user


def _check(
    kind: str, grants: list[str], codes: list[str], uris: list[str], organisation: Organisation | None
) -> None:
    """FieldErrors with everything that does not fit together."""
    errors = [
        FieldError(
            f"/redirect_uris/{place}", "redirect_uri", _("Give a whole https address without a wildcard.")
        )
        for place, uri in enumerate(uris)
        if not is_redirect_uri(uri, public=kind == Client.Type.PUBLIC)
    ]
    if CODE in grants and not uris:
        errors.append(FieldError("/redirect_uris", "required", _("Give at least one address to return to.")))
    if REFRESH in grants and CODE not in grants:
        errors.append(
            FieldError("/grants", "refresh_alone", _("Refresh tokens come only with the code flow."))
        )
    if BY_ITSELF in grants and kind == Client.Type.PUBLIC:
        errors.append(FieldError("/grants", "public", _("A program without a secret cannot act by itself.")))
    if BY_ITSELF in grants and organisation is None:
        detail = _("A program that acts by itself acts for an organisation: choose one.")
        errors.append(FieldError("/organisation_id", "required", detail))
    unknown = [code for code in codes if code not in scopes.BY_CODE]
    if unknown or not codes:
        errors.append(FieldError("/scopes", "unknown", _("Choose permissions from the list.")))
    if errors:
        raise FieldErrors(errors)


def is_redirect_uri(uri: str, *, public: bool) -> bool:
    """Whether codes may be sent there: https, this machine (a program of a developer or on a desk), or an app's own scheme.

    Source: RFC 9700 section 4.1.3, RFC 8252 section 7. Exact comparison happens at the request.
    """
    if not uri.isascii() or not uri.isprintable() or any(char in uri for char in " *#\\<>\"'"):
        return False
    try:
        parts = urlsplit(uri)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if parts.username is not None or parts.password is not None:
        return False
    if parts.scheme == "https":
        return "." in host or _is_this_machine(host)
    if parts.scheme == "http":
        return _is_this_machine(host)
    # com.example.app:/return — the dot is what makes such a scheme the app's own.
    return public and "." in parts.scheme and parts.scheme not in {"javascript", "data"}


def _is_this_machine(host: str) -> bool:
    if host in _LOOPBACK_NAMES:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
