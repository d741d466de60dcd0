"""Template versions: published from the files of the app, found by the day."""

import hashlib
from datetime import date

from django.db import transaction
from django.db.models import Q

from kenes.documents import catalogue
from kenes.documents.authoring.build import FOLDER
from kenes.documents.models import TemplateVersion
from kenes.documents.rendering import compile_template
from kenes.foundation import clock
from kenes.foundation.providers import Misconfigured


@transaction.atomic
def publish_from_files() -> int:
    """Publish the templates whose content has changed since the last run; returns how many.

    The first version of a template holds from the day that its kind names, a later one from today; the one before it ends
    on that day. Raises TemplateRefused for a file that is not allowed.
    """
    published = 0
    for code, kind in catalogue.kinds().items():
        for language in kind.templates:
            docx = (FOLDER / code / f"{language}.docx").read_bytes()
            published += _publish(code, language, docx, kind.effective_from)
    return published


def _publish(code: str, language: str, docx: bytes, first_day: date) -> int:
    sha256 = hashlib.sha256(docx).hexdigest()
    newest = (
        TemplateVersion.objects.select_for_update()
        .filter(code=code, language=language)
        .order_by("-version")
        .first()
    )
    if newest is not None and newest.sha256 == sha256:
        return 0
    compile_template(docx)
    starts = first_day if newest is None else clock.almaty(clock.now()).date()
    if newest is not None:
        newest.effective_to = starts
        newest.save(update_fields=["effective_to"])
    TemplateVersion.objects.create(
        code=code,
        language=language,
        version=1 if newest is None else newest.version + 1,
        sha256=sha256,
        docx=docx,
        effective_from=starts,
        created_at=clock.now(),
    )
    return 1


def version_on(code: str, language: str, day: date) -> TemplateVersion:
    """The version in force on a day: the newest that had begun, else the oldest there is.

    Raises Misconfigured when the template was never published.
    """
    versions = TemplateVersion.objects.filter(code=code, language=language)
    in_force = versions.filter(
        Q(effective_to__isnull=True) | Q(effective_to__gt=day), effective_from__lte=day
    ).order_by("-version")
    found = in_force.first() or versions.order_by("version").first()
    if found is None:
        raise Misconfigured(f"template {code} {language} is not published")
    return found
