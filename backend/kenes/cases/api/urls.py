"""URLs of the API of cases."""

from django.urls import path

from kenes.cases.api import editing_views, party_views, tag_views, views

urlpatterns = [
    path("cases/", views.CasesView.as_view()),
    path("cases/search/", views.CaseSearchView.as_view()),
    path("cases/counts/", views.CaseCountsView.as_view()),
    path("cases/<uuid:case_id>/", views.CaseDetailView.as_view()),
    path("cases/<uuid:case_id>/draft/", views.CaseDraftView.as_view()),
    path("cases/<uuid:case_id>/submit/", views.CaseSubmitView.as_view()),
    path("cases/<uuid:case_id>/assign/", views.CaseAssignView.as_view()),
    path("cases/<uuid:case_id>/move/", views.CaseMoveView.as_view()),
    path("cases/<uuid:case_id>/comments/", views.CaseCommentsView.as_view()),
    path("cases/<uuid:case_id>/facts/", views.CaseFactsView.as_view()),
    path("cases/<uuid:case_id>/reveal/", views.CaseRevealView.as_view()),
    path("cases/<uuid:case_id>/timeline/", views.CaseTimelineView.as_view()),
    path("cases/<uuid:case_id>/story/", editing_views.CaseStoryView.as_view()),
    path("cases/<uuid:case_id>/parties/", party_views.CasePartiesView.as_view()),
    path("cases/<uuid:case_id>/parties/<uuid:party_id>/", party_views.CasePartyView.as_view()),
    path("cases/<uuid:case_id>/tags/", tag_views.CaseTagsView.as_view()),
    path("tags/", tag_views.TagsView.as_view()),
    path("tags/<uuid:tag_id>/", tag_views.TagView.as_view()),
    path("staff/managers/", views.ManagersView.as_view()),
]
