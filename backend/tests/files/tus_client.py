"""A small client of the tus protocol over Django's test client."""

import base64
import hashlib
from typing import Any

from kenes.accounts.models import Role, RoleGrant, User
from kenes.foundation import crypto
from kenes.foundation.clock import now

PART = "application/offset+octet-stream"


def a_person(number: int = 0, role: str = Role.BORROWER) -> User:
    """A person with one role."""
    phone = f"+7700000{number:04d}"
    user = User.objects.create(
        email=f"p{number}@example.com",
        phone=phone,
        phone_hash=crypto.lookup_hash(phone),
        phone_verified_at=now(),
    )
    RoleGrant.objects.create(user=user, role=role)
    return user


class Tus:
    """Sends requests as a browser's tus client does."""

    def __init__(self, client: Any) -> None:
        self.client = client
        client.cookies["csrftoken"] = "a" * 32

    def send(self, method: str, path: str, body: bytes = b"", kind: str = PART, **headers: str) -> Any:
        given = {name.replace("_", "-"): value for name, value in headers.items() if value is not None}
        given = {"X-CSRFToken": "a" * 32, "Tus-Resumable": "1.0.0", **given}
        return self.client.generic(method, f"/api/v1{path}", body, kind, headers=given)

    def begin(self, size: int | str, name: str = "Справка.pdf", **headers: str) -> Any:
        metadata = f"filename {base64.b64encode(name.encode()).decode()}"
        return self.send(
            "POST",
            "/uploads/",
            kind="",
            **{"Upload_Length": str(size), "Upload_Metadata": metadata, **headers},
        )

    def opened(self, size: int, name: str = "Справка.pdf") -> str:
        """Id of a new upload."""
        answer = self.begin(size, name)
        assert answer.status_code == 201, answer.content
        return str(answer["Location"]).split("/")[-2]

    def part(self, upload_id: str, offset: int, data: bytes, **headers: str) -> Any:
        return self.send("PATCH", f"/uploads/{upload_id}/", data, **{"Upload_Offset": str(offset), **headers})

    def head(self, upload_id: str) -> Any:
        return self.send("HEAD", f"/uploads/{upload_id}/", kind="")

    def state(self, upload_id: str) -> Any:
        return self.client.get(f"/api/v1/uploads/{upload_id}/").json()

    def whole(self, data: bytes, name: str = "Справка.pdf", part: int = 1024 * 1024) -> str:
        """Id of an upload that has come whole."""
        upload_id = self.opened(len(data), name)
        for start in range(0, len(data), part):
            answer = self.part(upload_id, start, data[start : start + part])
            assert answer.status_code == 204, answer.content
        return upload_id


def checksum(data: bytes, name: str = "sha256") -> str:
    return f"{name} {base64.b64encode(hashlib.new(name, data).digest()).decode()}"
