"""Addresses of signing below /api/v1/."""

from django.urls import path

from kenes.signing.api import (
    check_views,
    eds_urls,
    evidence_views,
    public_name_views,
    round_urls,
    signing_views,
    verify_views,
)

urlpatterns = [
    *eds_urls.urlpatterns,
    *round_urls.urlpatterns,
    path("documents/<uuid:document_id>/signature-requests/", signing_views.SignatureRequestsView.as_view()),
    path("signature-requests/<uuid:request_id>/", signing_views.SignatureRequestView.as_view()),
    path("signature-requests/<uuid:request_id>/shown/", signing_views.SignatureShownView.as_view()),
    path("signature-requests/<uuid:request_id>/send-code/", signing_views.SignatureCodeView.as_view()),
    path("signature-requests/<uuid:request_id>/confirm/", signing_views.SignatureConfirmView.as_view()),
    path("signature-requests/<uuid:request_id>/decline/", signing_views.SignatureDeclineView.as_view()),
    path("documents/<uuid:document_id>/public-name/", public_name_views.PublicNameView.as_view()),
    path("documents/<uuid:document_id>/evidence/", evidence_views.EvidenceView.as_view()),
    path("documents/<uuid:document_id>/evidence/file/", evidence_views.EvidenceFileView.as_view()),
    path("seal-authorities/", evidence_views.SealAuthoritiesView.as_view()),
    path("evidence-checker/", evidence_views.EvidenceCheckerView.as_view()),
    path("signatures/verify/", check_views.SignatureCheckView.as_view()),
    path("verify/", verify_views.VerifyFileView.as_view()),
    path("verify/<slug:token>/", verify_views.VerifyTokenView.as_view()),
]
