"""Makes our administration site the one that `admin.py` files register with; imported before the apps are loaded."""

from django.contrib.admin.apps import AdminConfig


class KenesAdminConfig(AdminConfig):
    default_site = "kenes.accounts.admin_site.KenesAdminSite"
