"""What the technical administration shows of creditors."""

from typing import ClassVar

from django.contrib import admin

from kenes.accounts.admin_site import ReadOnlyAdmin
from kenes.creditors.models import Creditor


@admin.register(Creditor)
class CreditorAdmin(ReadOnlyAdmin):
    list_display = ("name_ru", "type", "bin", "status", "organisation")
    list_filter = ("type", "status")
    search_fields = ("name_ru", "=bin")
    exclude: ClassVar[tuple[str, ...]] = ("search_text", "name_keys")
