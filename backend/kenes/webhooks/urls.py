from django.urls import path

from kenes.webhooks.views import receive

urlpatterns = [path("<slug:capability>/<slug:provider>/", receive)]
