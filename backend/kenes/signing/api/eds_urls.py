"""Addresses of signing by ЭЦП, of eGov mobile and of the ways to sign, below /api/v1/."""

from django.urls import path

from kenes.signing.api import method_views

urlpatterns = [
    path("signature-requests/<uuid:request_id>/methods/", method_views.SigningMethodsView.as_view()),
]
