"""Addresses of signing by ЭЦП, of eGov mobile and of the ways to sign, below /api/v1/."""

from django.urls import path

from kenes.signing.api import eds_views, method_views

urlpatterns = [
    path("signature-requests/<uuid:request_id>/methods/", method_views.SigningMethodsView.as_view()),
    path("signature-requests/<uuid:request_id>/eds/", eds_views.EdsSigningView.as_view()),
    path("signature-requests/<uuid:request_id>/qr/", eds_views.QrStartView.as_view()),
    path("qr-operations/<uuid:operation_id>/", eds_views.QrOperationView.as_view()),
    path("qr-operations/<uuid:operation_id>/cancel/", eds_views.QrCancelView.as_view()),
]
