"""All addresses of the API process."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularRedocView

from kenes.foundation import health

APPS = ("files", "accounts", "law", "creditors", "cases", "specialists", "documents", "signing")

api: list[URLPattern | URLResolver] = [
    *(path("", include(f"kenes.{app}.api.urls")) for app in APPS),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path(
        "docs/",
        SpectacularRedocView.as_view(url_name="schema", template_name="foundation/api_docs.html"),
        name="docs",
    ),
]

urlpatterns = [
    path("api/v1/", include(api)),
    path("_allauth/", include("kenes.accounts.allauth_urls")),
    path("accounts/", include("kenes.accounts.outside_urls")),
    path("admin/", admin.site.urls),
    path("", include("kenes.accounts.identity_urls")),
    path("webhooks/", include("kenes.webhooks.urls")),
    path("health/live", health.live),
    path("health/ready", health.ready),
    path("metrics", health.metrics),
]

handler400 = "kenes.foundation.problems.bad_request"
handler403 = "kenes.foundation.problems.permission_denied"
handler404 = "kenes.foundation.problems.page_not_found"
handler500 = "kenes.foundation.problems.server_error"
