"""Addresses of accounts below /api/v1/."""

from django.urls import path

from kenes.accounts.api import consent_views, session_views

urlpatterns = [
    path("session/", session_views.SessionView.as_view()),
    path("auth/phone/", session_views.PhoneStepView.as_view()),
    path("auth/phone/resend/", session_views.PhoneResendView.as_view()),
    path("auth/phone/confirm/", session_views.PhoneConfirmView.as_view()),
    path("auth/password/", session_views.PasswordView.as_view()),
    path("auth/logout/", session_views.LogoutView.as_view()),
    path("me/", session_views.ProfileView.as_view()),
    path("consents/", consent_views.ConsentsView.as_view()),
    path("consents/texts/", consent_views.ConsentTextsView.as_view()),
    path("consents/code/", consent_views.ConsentCodeView.as_view()),
]
