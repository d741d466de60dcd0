"""How the work on a case reads in its history: corrections, handing over, urgency, what the clock did, invitations."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from kenes.cases import events_editing, timeline
from kenes.cases.field_labels import label_of
from kenes.cases.timeline import Context, Entry
from kenes.event_log.events import Recorded

Loaded = Mapping[Any, Any]


@timeline.renders(events_editing.CaseStoryEdited)
def story_edited(event: Recorded[events_editing.CaseStoryEdited], context: Context) -> Entry:
    names = ", ".join(label_of(name) for name in event.data.fields)
    return Entry("fields", "pencil", _("The story of the case was corrected"), names)
