"""URLs of the API of uploads and stored files."""

from django.urls import path

from kenes.files.api import blocked_views, file_views, text_views, upload_views

urlpatterns = [
    path("uploads/", upload_views.UploadsView.as_view()),
    path("uploads/combine/", upload_views.UploadsCombineView.as_view()),
    path("uploads/<uuid:upload_id>/", upload_views.UploadView.as_view()),
    path("staff/files/blocked/", blocked_views.BlockedFilesView.as_view()),
    path("staff/files/<uuid:file_id>/release/", blocked_views.FileReleaseView.as_view()),
    path("staff/files/<uuid:file_id>/scan-again/", blocked_views.FileScanAgainView.as_view()),
    path("files/content/<str:token>/", file_views.FileContentView.as_view()),
    path("files/<uuid:file_id>/", file_views.FileView.as_view()),
    path("files/<uuid:file_id>/pages/<int:page>/", file_views.FilePageView.as_view()),
    path("files/<uuid:file_id>/text/", text_views.FileTextView.as_view()),
    path("files/<uuid:file_id>/link/", file_views.FileLinkView.as_view()),
]
