"""How the events of profiles, specialists and powers read in histories."""

from django.utils.translation import gettext_lazy as _

from kenes.accounts.event_labels import TITLES

TITLES.update(
    {
        "person.profile_changed": _("Profile changed"),
        "person.photo_changed": _("Photo changed"),
        "specialist.changed": _("Specialist's entry changed"),
        "specialist.submitted": _("Specialist's entry handed in for the check"),
        "specialist.decided": _("Specialist's entry checked"),
        "specialist.expired": _("Specialist's licence has ended"),
        "power.given": _("Power of attorney given"),
        "power.document_attached": _("Document of a power of attorney attached"),
        "power.decided": _("Power of attorney checked"),
        "power.revoked": _("Power of attorney revoked"),
        "power.expired": _("Power of attorney has run out"),
    }
)
