"""Where outside providers send people back to. All other pages of allauth stay closed."""

from allauth.socialaccount.providers.google.views import oauth2_callback
from allauth.socialaccount.providers.openid_connect.views import callback
from django.urls import path

urlpatterns = [
    path("oidc/<str:provider_id>/login/callback/", callback, name="openid_connect_callback"),
    path("google/login/callback/", oauth2_callback, name="google_callback"),
]
