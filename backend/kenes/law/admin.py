"""What the technical administration shows of the law: rules and days off."""

from django.contrib import admin

from kenes.accounts.admin_site import ReadOnlyAdmin
from kenes.law.models import CalendarDay, DeadlineRule


@admin.register(DeadlineRule)
class DeadlineRuleAdmin(ReadOnlyAdmin):
    list_display = ("key", "starts_on", "amount", "unit", "valid_from", "valid_to", "status")
    list_filter = ("status", "unit")
    search_fields = ("key",)


@admin.register(CalendarDay)
class CalendarDayAdmin(ReadOnlyAdmin):
    list_display = ("day", "kind", "reason", "estimated", "origin")
