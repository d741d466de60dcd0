"""Access tokens of programs of partners: found by their hash, limited by scopes, dead with program, person or consent."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from allauth.idp.oidc.models import Token
from django.db.models import Q

from kenes.accounts.models import Program, ProgramConsent, User
from kenes.accounts.scopes import TokenGrant
from kenes.foundation import clock

_NOTE_USE_EVERY = timedelta(minutes=1)
EPOCH = "epoch"


def authenticate(token: str) -> tuple[User, TokenGrant] | None:
    """Whom the token acts for and within which scopes; None when it is unknown, ended or taken back. One query."""
    if not token or not token.isascii():
        return None
    row = (
        Token.objects.valid()
        .by_value(token)
        .filter(type=Token.Type.ACCESS_TOKEN)
        .select_related("user", "client__program")
        .first()
    )
    program = getattr(row.client, "program", None) if row is not None and row.client is not None else None
    if row is None or not isinstance(program, Program) or program.revoked_at is not None:
        return None
    user = row.user
    if not isinstance(user, User) or not user.is_active or not _is_of_this_epoch(row.data, user):
        return None
    _note_use(program, user)
    return user, TokenGrant(client_id=row.client.pk, scopes=frozenset(row.get_scopes()))


def _is_of_this_epoch(data: Any, user: User) -> bool:
    """«End all sessions» raises the epoch of the person; tokens from before it end with the sessions."""
    return isinstance(data, dict) and data.get(EPOCH) == user.session_epoch


def _note_use(program: Program, user: User) -> None:
    """When program and consent were last used, to the minute: a write on every request would cost more than it says."""
    now = clock.now()
    if program.last_used_at is not None and now - program.last_used_at < _NOTE_USE_EVERY:
        return
    old = Q(last_used_at__isnull=True) | Q(last_used_at__lt=now - _NOTE_USE_EVERY)
    Program.objects.filter(old, pk=program.pk).update(last_used_at=now)
    ProgramConsent.objects.filter(old, program=program, user=user).update(last_used_at=now)


def end_all(user_id: UUID) -> int:
    """End every token that programs hold for this person (access and refresh); how many."""
    return int(Token.objects.filter(user_id=user_id).delete()[0])


def end_of_program(program: Program) -> int:
    """End every token of the program; how many."""
    return int(Token.objects.filter(client_id=program.client_id).delete()[0])


def end_of_consent(program: Program, user_id: UUID) -> int:
    """End the tokens that the program holds for one person."""
    return int(Token.objects.filter(client_id=program.client_id, user_id=user_id).delete()[0])


def remove_old() -> int:
    """Delete tokens that have ended; how many (what `oidc_cleartokens` does)."""
    return int(Token.objects.expired().delete()[0])
