"""Erasure, carried out by the outbox section by section; may be killed and run again."""

from typing import Final
from uuid import UUID

from django.db import transaction

from kenes.accounts.events_personal_data import DataRequestMoved
from kenes.accounts.models import PersonalDataRequest, User
from kenes.accounts.personal_data import requests
from kenes.event_log import services as event_log
from kenes.foundation import clock, personal_data
from kenes.foundation.actor import SystemActor

ACTOR: Final = SystemActor("erasure")
Status = PersonalDataRequest.Status


def run(*, request_id: UUID) -> None:
    """Erase every section of a running request, note what each took, and end the request.

    A section and the note about it are one transaction, so a second run goes on where a killed one stopped. The
    person's own section comes last: messages and letters are found by phone and e-mail as long as it is there.
    """
    request = PersonalDataRequest.objects.select_related("person").get(pk=request_id)
    if request.kind != PersonalDataRequest.Kind.ERASURE or request.status != Status.RUNNING:
        return
    sections = [section for section in personal_data.sections() if section.erase is not None]
    # The person goes last whatever the order of the copy.
    sections.sort(key=lambda section: (section.code == IDENTITY, section.order, section.code))
    for place, section in enumerate(sections, start=1):
        _erase(request_id, section, percent=round(95 * place / len(sections)))
    _finish(request_id)


IDENTITY: Final = "profile"


@transaction.atomic
def _erase(request_id: UUID, section: personal_data.Section, *, percent: int) -> None:
    request = PersonalDataRequest.objects.select_for_update(of=("self",)).get(pk=request_id)
    done = dict(request.result.get("sections", {}))
    if request.status != Status.RUNNING or section.code in done or section.erase is None:
        return
    person = User.objects.select_for_update().get(pk=request.person_id)
    done[section.code] = section.erase(requests.subject_of(person))
    request.result = {**request.result, "sections": done}
    request.progress_percent = percent
    request.save(update_fields=["result", "progress_percent"])


@transaction.atomic
def _finish(request_id: UUID) -> None:
    request = PersonalDataRequest.objects.select_for_update().get(pk=request_id)
    if request.status != Status.RUNNING:
        return
    request.status, request.progress_percent, request.done_at = Status.DONE, 100, clock.now()
    request.note = ""
    request.save(update_fields=["status", "progress_percent", "done_at", "note"])
    event_log.record(
        DataRequestMoved(
            person_id=request.person_id, request_id=request.pk, kind=request.kind, status=request.status
        ),
        actor=ACTOR,
    )
