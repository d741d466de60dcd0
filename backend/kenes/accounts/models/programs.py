"""Programs of partners that work with our API, who let them, and sign-ins of the mobile app."""

from typing import ClassVar

from allauth.idp.oidc.models import Client
from django.contrib.postgres.fields import ArrayField
from django.db import models

from kenes.accounts.models.organisations import Organisation
from kenes.accounts.models.people import User
from kenes.foundation import clock
from kenes.foundation.identifiers import new_id


class Program(models.Model):
    """What we know of a partner's program beside its OAuth client: whose it is, who let it in, whether it still may.

    `service_user` is the account that acts when the program comes by itself (client credentials).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.OneToOneField(Client, on_delete=models.PROTECT, related_name="program")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    service_user = models.OneToOneField(User, on_delete=models.PROTECT, null=True, related_name="+")
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    revoked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="accounts_programs", fields=["-created_at", "id"])
        ]


class ProgramConsent(models.Model):
    """A person lets a program act for him within these scopes; the row goes when he takes that back."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="consents")
    scopes = ArrayField(models.CharField(max_length=40))
    granted_at = models.DateTimeField(default=clock.now)
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="accounts_program_consent_once", fields=["user", "program"])
        ]


class AppSignIn(models.Model):
    """One sign-in of an app: the family of its refresh tokens, of which only the newest works.

    The session holds what the person has proved; this row holds which token is the newest, so that parallel
    refreshes can lock it and no request that saves the session can bring an old token back.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    session_key = models.CharField(max_length=40, unique=True)
    live_jti = models.CharField(max_length=36)
    live_until = models.DateTimeField(db_index=True)
    previous_jti = models.CharField(max_length=36, default="", blank=True)
    rotated_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=clock.now)
