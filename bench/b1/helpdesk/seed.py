"""Fill django-helpdesk up to a size from the same records: `python seed.py RECORDS.json SIZE`; prints a session and an id."""

import json
import os
import sys
from datetime import datetime, timedelta
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")
django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from helpdesk.models import Queue, Ticket  # noqa: E402

STATUS = {"triage": 1, "active": 2, "awaiting_borrower": 3}


def main(records: dict, size: int) -> dict:
    queue, _made = Queue.objects.get_or_create(title="Bench", slug="bench")
    user, _made = get_user_model().objects.get_or_create(
        username="bench", defaults={"is_staff": True, "is_superuser": True, "email": "bench@example.com"}
    )
    base = records["base"]
    # It would write the moment of the insert over the days of the records.
    Ticket._meta.get_field("created").auto_now_add = False
    for copy in range(Ticket.objects.count() // len(base), size // len(base)):
        rows = []
        for record in base:
            number = record["number"]
            if copy:
                number = f"KH-{3000 + copy}{number[7:]}"
            created = datetime.fromisoformat(record["created"]) - timedelta(seconds=3 * copy)
            rows.append(
                Ticket(
                    title=f"{number} {record['name']}", description=record["text"], queue=queue,
                    status=STATUS[record["status"]], created=created, modified=created, secret_key="x",
                    submitter_email="borrower@example.com", priority=3,
                )
            )  # fmt: skip
        Ticket.objects.bulk_create(rows, batch_size=1000)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    client = Client()
    client.force_login(user)
    return {
        "session": client.cookies["sessionid"].value,
        "one": Ticket.objects.get(title__startswith=records["rare"] + " ").pk,
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(json.loads(Path(sys.argv[1]).read_text()), int(sys.argv[2]))))
