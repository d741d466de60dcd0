"""Addresses of the OpenID Connect provider. The names are those by which allauth finds them.

Ours: authorisation and tokens. allauth's: discovery, keys, userinfo, revocation, introspection. Closed: device flow,
logout started by a program, registration of programs by themselves.
"""

from allauth.idp.oidc import views
from django.urls import include, path

from kenes.accounts.api import identity_views as ours

_oidc = [
    path(".well-known/openid-configuration", views.configuration, name="configuration"),
    path(".well-known/jwks.json", views.jwks, name="jwks"),
    path("identity/o/authorize", ours.authorize, name="authorization"),
    path("identity/o/api/token", ours.token, name="token"),
    path("identity/o/api/revoke", ours.guarded(views.revoke), name="revoke"),
    path("identity/o/api/introspect", ours.guarded(views.introspect), name="introspect"),
    path("identity/o/api/userinfo", ours.guarded(views.user_info), name="userinfo"),
    path("identity/o/api/device/code", ours.closed, name="device_code"),
    path("identity/o/logout", ours.closed, name="logout"),
]

app_name = "idp"
urlpatterns = [path("", include((_oidc, "oidc"), namespace="oidc"))]
