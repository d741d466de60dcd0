"""What the technical administration shows of people, rights and of the apps below this one."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from kenes.accounts.admin_site import ReadOnlyAdmin
from kenes.accounts.models import (
    Consent,
    ConsentText,
    CustomRole,
    Impersonation,
    Invitation,
    Membership,
    Organisation,
    PersonalDataRequest,
    RetentionRule,
    RoleGrant,
    User,
)
from kenes.event_log.models import DailyAnchor, EventRow
from kenes.files.models import StoredFile
from kenes.messaging.models import Message
from kenes.outbox import services as outbox
from kenes.outbox.models import OutboxRow
from kenes.webhooks.models import WebhookCall


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    list_display = ("id", "email", "is_active", "is_service", "phone_verified_at", "created_at")
    list_filter = ("is_active", "is_service")
    search_fields = ("=id", "=email")
    fields = (
        "id", "email", "language", "is_active", "is_service", "phone_verified_at", "phone_changed_at",
        "deactivated_at", "merged_into", "erased_at", "created_at",
    )  # fmt: skip


@admin.register(OutboxRow)
class OutboxAdmin(ReadOnlyAdmin):
    list_display = ("id", "handler", "lane", "status", "attempts", "available_at", "last_error")
    list_filter = ("status", "lane")
    search_fields = ("=key", "=token")
    fields = (*list_display, "created_at", "finished_at", "key", "payload")
    actions = ("run_again",)

    @admin.action(description=_("Run the dead rows of these handlers again"), permissions=["view"])
    def run_again(self, request: HttpRequest, queryset: QuerySet[OutboxRow]) -> None:
        handlers = set(queryset.filter(status=OutboxRow.Status.DEAD).values_list("handler", flat=True))
        count = sum(outbox.retry_dead(handler) for handler in handlers)
        self.message_user(request, _("Rows that run again: %(count)s") % {"count": count}, messages.SUCCESS)


def _register(model: Any, columns: tuple[str, ...], filters: tuple[str, ...] = ()) -> None:
    # The page of a row shows the columns of the list: hashes and free texts stay out.
    body = {"list_display": columns, "list_filter": filters, "fields": columns}
    shown = type(f"{model.__name__}Admin", (ReadOnlyAdmin,), body)
    admin.site.register(model, shown)


_register(RoleGrant, ("user", "role", "custom_role", "granted_at", "granted_by", "revoked_at"), ("role",))
_register(CustomRole, ("name_ru", "abilities", "version", "created_at", "archived_at"))
_register(Organisation, ("name", "kind", "bin", "checked_at", "closed_at"), ("kind",))
_register(Membership, ("user", "organisation", "post", "is_administrator", "since", "ended_at"))
_register(Invitation, ("id", "organisation", "roles", "created_at", "expires_at", "accepted_at"))
_register(Impersonation, ("staff", "person", "started_at", "expires_at", "ended_at"))
_register(ConsentText, ("kind", "version", "language", "title", "published_at"), ("kind", "language"))
_register(Consent, ("person", "kind", "version", "accepted_at", "withdrawn_at"), ("kind",))
_register(
    PersonalDataRequest, ("id", "kind", "status", "person", "created_at", "done_at"), ("kind", "status")
)
_register(RetentionRule, ("key", "title_ru", "days", "action", "enabled", "last_run_at", "last_count"))
_register(EventRow, ("at", "type", "stream", "seq", "actor"), ("type",))
_register(DailyAnchor, ("day", "root", "created_at"))
_register(
    StoredFile, ("id", "origin", "owner_kind", "mime", "size", "scan", "created_at"), ("origin", "scan")
)
_register(Message, ("id", "channel", "kind", "status", "created_at"), ("channel", "kind", "status"))
_register(WebhookCall, ("id", "capability", "provider", "received_at"), ("capability", "provider"))
