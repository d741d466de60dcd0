"""URLs of the public calculator of terms."""

from django.urls import path

from kenes.law.api import views

urlpatterns = [
    path("law/terms/", views.TermsView.as_view()),
    path("law/events/", views.EventKindsView.as_view()),
]
