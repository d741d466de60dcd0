"""Every request of a former release becomes a round of one."""

from typing import Any

from django.db import migrations

_STATUS = {
    "pending": "open",
    "in_progress": "open",
    "signed": "completed",
    "declined": "declined",
    "expired": "expired",
    "failed": "failed",
}


def make_rounds(apps: Any, _editor: Any) -> None:
    rounds = apps.get_model("signing", "SigningRound")
    requests = apps.get_model("signing", "SignatureRequest")
    for request in requests.objects.filter(round__isnull=True).defer("decline_reason").iterator():
        status = _STATUS[request.status]
        request.round = rounds.objects.create(
            document_id=request.document_id,
            document_sha256=request.document_sha256,
            status=status,
            created_by_id=request.signer_id,
            created_at=request.created_at,
            ended_at=None if status == "open" else request.updated_at,
        )
        request.save(update_fields=["round"])


class Migration(migrations.Migration):
    dependencies = [("signing", "0003_rounds")]
    operations = [migrations.RunPython(make_rounds, migrations.RunPython.noop)]
