"""Addresses of rounds, below /api/v1/."""

from django.urls import path

from kenes.signing.api import round_views

_OF_DOCUMENT = "documents/<uuid:document_id>/signing/"
_OF_REQUEST = "signature-requests/<uuid:request_id>/"

urlpatterns = [
    path(_OF_DOCUMENT, round_views.SigningRoundView.as_view()),
    path(f"{_OF_DOCUMENT}replace/", round_views.SigningReplaceView.as_view()),
    path(f"{_OF_DOCUMENT}cancel/", round_views.SigningCancelView.as_view()),
    path("signature-requests/", round_views.MySignaturesView.as_view()),
    path("signature-requests/representatives/", round_views.SigningRepresentativesView.as_view()),
    path(f"{_OF_REQUEST}approve/", round_views.SignatureApproveView.as_view()),
    path(f"{_OF_REQUEST}delegate/", round_views.SignatureDelegateView.as_view()),
    path(f"{_OF_REQUEST}cancel/", round_views.SignatureCancelView.as_view()),
    path(f"{_OF_REQUEST}remind/", round_views.SignatureRemindView.as_view()),
    path(f"{_OF_REQUEST}paper/", round_views.SignaturePaperView.as_view()),
    path(f"{_OF_REQUEST}paper/confirm/", round_views.SignaturePaperConfirmView.as_view()),
    path(f"{_OF_REQUEST}paper/refuse/", round_views.SignaturePaperRefuseView.as_view()),
]
