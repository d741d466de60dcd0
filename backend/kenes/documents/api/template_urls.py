"""URLs of templates."""

from django.urls import path

from kenes.documents.api import template_trial_views as trials
from kenes.documents.api import template_views as views

urlpatterns = [
    path("staff/templates/", views.TemplatesView.as_view()),
    path("staff/templates/variables/", views.TemplateVariablesView.as_view()),
    path("staff/templates/versions/<uuid:version_id>/", views.TemplateVersionView.as_view()),
    path("staff/templates/versions/<uuid:version_id>/file/", views.TemplateVersionFileView.as_view()),
    path("staff/templates/versions/<uuid:version_id>/propose/", views.TemplateProposeView.as_view()),
    path("staff/templates/versions/<uuid:version_id>/withdraw/", views.TemplateWithdrawView.as_view()),
    path("staff/templates/versions/<uuid:version_id>/remark/", views.TemplateRemarkView.as_view()),
    path("staff/templates/versions/<uuid:version_id>/approve/", views.TemplateApproveView.as_view()),
    path("staff/templates/versions/<uuid:version_id>/reject/", views.TemplateRejectView.as_view()),
    path("staff/templates/versions/<uuid:version_id>/compare/", views.TemplateCompareView.as_view()),
    path("staff/templates/versions/<uuid:version_id>/trials/", trials.TemplateTrialsView.as_view()),
    path("staff/templates/trials/<uuid:trial_id>/", trials.TemplateTrialView.as_view()),
    path("staff/templates/trials/<uuid:trial_id>/pages/<int:page>/", trials.TemplateTrialPageView.as_view()),
    path("staff/templates/trials/<uuid:trial_id>/file/", trials.TemplateTrialFileView.as_view()),
    path("staff/templates/kinds/<str:code>/", views.TemplateKindView.as_view()),
    path("staff/templates/kinds/<str:code>/<str:language>/", views.TemplateUploadsView.as_view()),
]
