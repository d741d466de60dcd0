"""Handlers of long work over lists. Importing the kinds of work registers their pieces."""

from typing import Any

from kenes.cases.lists import bulk_runs, exports, imports, jobs
from kenes.outbox import registry

__all__ = ["bulk_runs", "exports", "imports"]


@registry.handler(jobs.HANDLER, lane="documents")
def list_job(payload: dict[str, Any], context: registry.OutboxContext) -> None:
    jobs.run_piece(payload)
