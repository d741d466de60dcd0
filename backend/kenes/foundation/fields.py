"""Model fields whose content is encrypted in the database (bytea). They cannot be searched or sorted by."""

import json
from typing import TYPE_CHECKING, Any

from django.core.checks import CheckMessage
from django.db import models

from kenes.foundation import crypto

if TYPE_CHECKING:
    _Binary = models.BinaryField[Any, Any]
else:
    _Binary = models.BinaryField


class _EncryptedField(_Binary):
    """Common part: encrypts on the way in, decrypts on the way out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def _check_str_default_value(self) -> list[CheckMessage]:
        # A text default is right here: it is encrypted before it becomes bytes.
        return []

    def _dump(self, value: Any) -> bytes:
        raise TypeError  # pragma: no cover

    def _load(self, plain: bytes) -> Any:
        raise TypeError  # pragma: no cover

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is not None and not hasattr(value, "as_sql"):
            value = crypto.encrypt(self._dump(value))
        return super().get_db_prep_value(value, connection, prepared)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return None if value is None else self._load(crypto.decrypt(bytes(value)))

    def to_python(self, value: Any) -> Any:
        return value

    def get_default(self) -> Any:
        # BinaryField turns an empty default into b""; these fields hold text or JSON.
        if self.has_default():
            return self.default() if callable(self.default) else self.default
        return None if self.null else self._empty()

    def _empty(self) -> Any:
        return ""

    def value_to_string(self, obj: models.Model) -> str:
        raise TypeError("encrypted fields are not serialised")

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None


class EncryptedTextField(_EncryptedField):
    """Text, encrypted."""

    def _dump(self, value: Any) -> bytes:
        return str(value).encode()

    def _load(self, plain: bytes) -> str:
        return plain.decode()


class EncryptedJSONField(_EncryptedField):
    """A JSON value, encrypted."""

    def _dump(self, value: Any) -> bytes:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

    def _load(self, plain: bytes) -> Any:
        return json.loads(plain)

    def _empty(self) -> Any:
        return {}


class EncryptedBytesField(_EncryptedField):
    """Raw bytes, encrypted."""

    def _dump(self, value: Any) -> bytes:
        return bytes(value)

    def _load(self, plain: bytes) -> bytes:
        return plain

    def _empty(self) -> Any:
        return b""
