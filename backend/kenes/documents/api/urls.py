"""URLs of the API of letters."""

from django.urls import path

from kenes.documents.api import (
    batch_views,
    draft_views,
    export_views,
    package_views,
    template_urls,
    version_views,
    views,
)

urlpatterns = [
    path("cases/<uuid:case_id>/exports/", export_views.CaseExportsView.as_view()),
    path("cases/<uuid:case_id>/exports/<uuid:export_id>/file/", export_views.CaseExportFileView.as_view()),
    path("cases/<uuid:case_id>/documents/", views.CaseDocumentsView.as_view()),
    path("cases/<uuid:case_id>/document-kinds/", draft_views.CaseDocumentKindsView.as_view()),
    path("cases/<uuid:case_id>/document-drafts/", draft_views.CaseDocumentDraftsView.as_view()),
    path("document-drafts/<uuid:draft_id>/", draft_views.DocumentDraftView.as_view()),
    path("document-drafts/<uuid:draft_id>/generate/", draft_views.DocumentDraftGenerateView.as_view()),
    path("documents/<uuid:document_id>/", views.DocumentView.as_view()),
    path("documents/<uuid:document_id>/pages/<int:page>/", views.DocumentPageView.as_view()),
    path("documents/<uuid:document_id>/file/", views.DocumentFileView.as_view()),
    path("documents/<uuid:document_id>/regenerate/", views.DocumentRegenerateView.as_view()),
    path("document-batches/", batch_views.BatchesView.as_view()),
    path("document-batches/kinds/", batch_views.BatchKindsView.as_view()),
    path("document-batches/<uuid:job_id>/", batch_views.BatchView.as_view()),
    path("document-batches/<uuid:job_id>/rows/", batch_views.BatchRowsView.as_view()),
    path("document-batches/<uuid:job_id>/file/", batch_views.BatchFileView.as_view()),
    path("cases/<uuid:case_id>/document-set/", version_views.CaseDocumentSetView.as_view()),
    path("documents/<uuid:document_id>/revise/", version_views.DocumentReviseView.as_view()),
    path("documents/<uuid:document_id>/void/", version_views.DocumentVoidView.as_view()),
    path("documents/<uuid:document_id>/versions/", version_views.DocumentVersionsView.as_view()),
    path("documents/<uuid:document_id>/compare/", version_views.DocumentCompareView.as_view()),
    path("documents/<uuid:document_id>/pdfa/", version_views.DocumentArchivalView.as_view()),
    path("documents/<uuid:document_id>/package/", package_views.DocumentPackageView.as_view()),
    path("documents/<uuid:document_id>/package/file/", package_views.DocumentPackageFileView.as_view()),
    path(
        "documents/<uuid:document_id>/package/pages/<int:page>/",
        package_views.DocumentPackagePageView.as_view(),
    ),
    path("dispatches/<uuid:dispatch_id>/retry/", views.DispatchRetryView.as_view()),
    *template_urls.urlpatterns,
]
