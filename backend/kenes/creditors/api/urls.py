"""URLs of the API of lenders."""

from django.urls import path

from kenes.creditors.api import views

urlpatterns = [
    path("creditors/", views.CreditorSearchView.as_view()),
    path("creditors/<uuid:creditor_id>/", views.CreditorDetailView.as_view()),
    path("creditors/<uuid:creditor_id>/addresses/", views.CreditorAddressesView.as_view()),
    path("creditors/<uuid:creditor_id>/organisation/", views.CreditorOrganisationView.as_view()),
    path(
        "creditors/<uuid:creditor_id>/addresses/<uuid:address_id>/confirm/",
        views.CreditorAddressConfirmView.as_view(),
    ),
]
