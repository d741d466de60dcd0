"""URLs of the API of specialists."""

from django.urls import path

from kenes.specialists.api import consultation_views, help_views

urlpatterns = [
    path("cases/<uuid:case_id>/help/", help_views.CaseHelpView.as_view()),
    path("cases/<uuid:case_id>/help/mask/", help_views.CaseHelpMaskView.as_view()),
    path("cases/<uuid:case_id>/help/<uuid:help_request_id>/cancel/", help_views.CaseHelpCancelView.as_view()),
    path("cases/<uuid:case_id>/help/<uuid:help_request_id>/choose/", help_views.CaseHelpChooseView.as_view()),
    path("cases/<uuid:case_id>/sessions/", consultation_views.CaseSessionsView.as_view()),
    path("specialist-pages/", help_views.DirectoryView.as_view()),
    path("specialist-pages/<uuid:host_id>/slots/", help_views.SlotsView.as_view()),
    path("consultations/", consultation_views.ConsultationsView.as_view()),
    path("consultations/<uuid:booking_id>/", consultation_views.ConsultationDetailView.as_view()),
    path("consultations/<uuid:booking_id>/move/", consultation_views.ConsultationMoveView.as_view()),
    path("consultations/<uuid:booking_id>/cancel/", consultation_views.ConsultationCancelView.as_view()),
    path("consultations/<uuid:booking_id>/finish/", consultation_views.ConsultationFinishView.as_view()),
    path("consultations/<uuid:booking_id>/summary/", consultation_views.ConsultationSummaryView.as_view()),
    path("consultations/<uuid:booking_id>/calendar/", consultation_views.ConsultationCalendarView.as_view()),
    path("desk/counts/", consultation_views.DeskCountsView.as_view()),
    path("desk/procedures/", consultation_views.DeskProceduresView.as_view()),
    path("desk/sums/", consultation_views.DeskSumsView.as_view()),
    path("desk/requests/", help_views.OpenRequestsView.as_view()),
    path("desk/requests/<uuid:help_request_id>/propose/", help_views.ProposeView.as_view()),
    path("desk/proposals/", help_views.OwnProposalsView.as_view()),
    path("desk/proposals/<uuid:proposal_id>/withdraw/", help_views.WithdrawView.as_view()),
    path("desk/sessions/", consultation_views.DeskSessionsView.as_view()),
    path("desk/sessions/<uuid:meeting_id>/", consultation_views.DeskSessionView.as_view()),
    path("desk/pages/<str:host_kind>/", consultation_views.OwnHostView.as_view()),
    path("desk/pages/<str:host_kind>/hours/", consultation_views.OwnHoursView.as_view()),
    path("desk/pages/<str:host_kind>/absences/", consultation_views.OwnAbsencesView.as_view()),
    path(
        "desk/pages/<str:host_kind>/absences/<uuid:absence_id>/", consultation_views.OwnAbsenceView.as_view()
    ),
]
