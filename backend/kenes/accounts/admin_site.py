"""The technical administration at /admin/: behind the second factor, read-only, and its few actions call services."""

from dataclasses import replace
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from kenes.accounts import selectors, viewing
from kenes.accounts.models import User
from kenes.foundation.actor import Actor, GuestActor

ABILITY = "admin.site"


def actor_of(request: HttpRequest) -> Actor:
    """The actor of a request of this site; its events say that it came by the administration."""
    user = request.user
    return (
        replace(selectors.signed_in_actor(user), channel="admin") if isinstance(user, User) else GuestActor()
    )


class KenesAdminSite(admin.AdminSite):
    site_header = _("Kenes Hub: technical administration")
    site_title = _("Technical administration")
    index_title = _("Everything here is for looking; people and rights are changed in the application")
    enable_nav_sidebar = True

    def has_permission(self, request: HttpRequest) -> bool:
        """Only with the ability, which staff have only with a second factor; never through another person's eyes."""
        return actor_of(request).can(ABILITY) and not viewing.is_open_in(request.session)

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Only our read-only pages: libraries bring editable ones for tokens, factors and addresses."""
        if admin_class is not None and issubclass(admin_class, ReadOnlyAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """There is one way to sign in, and it asks for the second factor. Without the right the page does not exist."""
        if request.user.is_authenticated:
            return HttpResponse(status=404)
        return HttpResponseRedirect(f"/sign-in/staff?{urlencode({'next': '/admin/'})}")

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: Any = None
    ) -> HttpResponse:
        """Only in the application, where the rules of passwords hold and a proof is asked."""
        return HttpResponseRedirect("/account/security")


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows to look at. Encrypted columns are not editable and so are never shown; nothing is added, changed or deleted."""

    list_per_page = 50
    show_full_result_count = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return actor_of(request).can(ABILITY)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return actor_of(request).can(ABILITY)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
