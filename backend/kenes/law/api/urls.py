"""URLs of the law: public calculator, rules and calendar for staff, proposals."""

from django.urls import path

from kenes.law.api import change_views, rule_views, views

urlpatterns = [
    path("law/terms/", views.TermsView.as_view()),
    path("law/events/", views.EventKindsView.as_view()),
    path("law/rules/", rule_views.RulesView.as_view()),
    path("law/rules/<slug:rule_key>/", rule_views.RuleView.as_view()),
    path("law/calendar/", rule_views.CalendarView.as_view()),
    path("law/indices/", rule_views.IndicesView.as_view()),
    path("law/changes/", change_views.ChangesView.as_view()),
    path("law/changes/<uuid:change_id>/", change_views.ChangeView.as_view()),
    path("law/changes/<uuid:change_id>/submit/", change_views.ChangeSubmitView.as_view()),
    path("law/changes/<uuid:change_id>/approve/", change_views.ChangeApproveView.as_view()),
    path("law/changes/<uuid:change_id>/reject/", change_views.ChangeRejectView.as_view()),
    path("law/changes/<uuid:change_id>/withdraw/", change_views.ChangeWithdrawView.as_view()),
]
