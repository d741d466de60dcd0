"""Idempotency-Key: a repeated POST gets the first answer and does nothing again.

Key, work and answer are in one transaction, so a view that must keep a change although it fails (counting wrong
codes) or that calls a provider cannot use it.
"""

import hashlib
import re
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response
from rest_framework.utils.encoders import JSONEncoder

from kenes.foundation import clock
from kenes.foundation.api import ApiRequest, ApiView
from kenes.foundation.errors import FieldError, FieldErrors, KeyReused
from kenes.foundation.models import IdempotencyRecord

HEADER = "Idempotency-Key"
_KEY = re.compile(r"^[A-Za-z0-9_-]{8,80}$")
View = TypeVar("View", bound=Callable[..., Response])

PARAMETER = OpenApiParameter(
    HEADER,
    str,
    OpenApiParameter.HEADER,
    description="Made when the form opens, kept across retries.",
    required=False,
)


def _body_hash(request: ApiRequest) -> str:
    source = (
        f"{request.method} {request.get_full_path()}\n".encode() + JSONEncoder().encode(request.data).encode()
    )
    return hashlib.sha256(source).hexdigest()


def _owner(request: ApiRequest) -> str:
    if request.actor.user_id:
        return f"user:{request.actor.user_id}"
    return f"session:{request.session.session_key or request.META.get('REMOTE_ADDR', '')}"


def idempotent(view: View) -> View:
    """Wrap a view method: same key and body gives the first answer, another body KeyReused; a failure frees the key."""

    @wraps(view)
    def run(self: ApiView, request: ApiRequest, *args: Any, **kwargs: Any) -> Response:
        key = request.headers.get(HEADER)
        if key is None:
            with transaction.atomic():
                return view(self, request, *args, **kwargs)
        if not _KEY.match(key):
            raise FieldErrors([FieldError(f"/{HEADER}", "invalid", _("The Idempotency-Key is not valid."))])
        owner, body_hash = _owner(request), _body_hash(request)
        with transaction.atomic():
            record = _reserve(owner, key, body_hash)
            if record is None:
                return _stored_answer(owner, key, body_hash)
            response = view(self, request, *args, **kwargs)
            record.status, record.answer = response.status_code, JSONEncoder().encode(response.data)
            record.save(update_fields=["status", "answer"])
            return response

    return extend_schema(parameters=[PARAMETER])(run)  # type: ignore[return-value]


def _reserve(owner: str, key: str, body_hash: str) -> IdempotencyRecord | None:
    """A new row, or None when the key exists. A parallel request with the same key waits here for the first."""
    try:
        with transaction.atomic():
            return IdempotencyRecord.objects.create(
                owner=owner, key=key, body_hash=body_hash, created_at=clock.now()
            )
    except IntegrityError:
        return None


def _stored_answer(owner: str, key: str, body_hash: str) -> Response:
    import json

    record = IdempotencyRecord.objects.get(owner=owner, key=key)
    if record.body_hash != body_hash:
        raise KeyReused
    return Response(json.loads(record.answer), status=record.status, headers={"Idempotency-Replayed": "true"})
