"""What a person holds in the hand: an authenticator app and a passkey, made of software."""

import base64
import hashlib
import json
import os
import struct
import time
from dataclasses import dataclass, field
from typing import Any, Final

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor

ORIGIN: Final = "http://localhost:8080"
RP_ID: Final = "localhost"
_STEADY_SECONDS: Final = 12
_PRESENT, _VERIFIED, _ATTESTED = 0x01, 0x04, 0x40


def app_code(secret: str, step: int = 0) -> str:
    """What the app shows now, or `step` periods of 30 seconds later.

    Other periods than this one are asked for at the edge of what counts: near the end of a period the answer waits
    for the next, so that the code keeps its distance while the test uses it.
    """
    left = 30 - time.time() % 30
    if step and left < _STEADY_SECONDS:
        time.sleep(left + 0.1)
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step)))


def wrong_app_code(secret: str) -> str:
    """Six digits that are none of the codes that count now."""
    now = int(time.time()) // 30
    right = {format_hotp_value(hotp_value(secret, now + step)) for step in range(-3, 4)}
    return next(code for code in (f"{number:06d}" for number in range(100)) if code not in right)


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class SoftPasskey:
    """A passkey of one site that checks its owner, as a phone with a fingerprint does."""

    origin: str = ORIGIN
    verified: bool = True
    counter: int = 0
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    credential_id: bytes = field(default_factory=lambda: os.urandom(32))
    user_handle: bytes = b""

    def create(self, options: dict[str, Any]) -> dict[str, Any]:
        """The answer to `PublicKeyCredentialCreationOptionsJSON`."""
        self.user_handle = unb64(options["user"]["id"])
        numbers = self.key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        attested = (
            bytes(16) + struct.pack(">H", len(self.credential_id)) + self.credential_id + cbor.encode(cose)
        )
        data = self._data(options["rp"]["id"], _ATTESTED) + attested
        statement = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        return self._credential(
            {
                "clientDataJSON": b64(self._client_data("webauthn.create", options["challenge"])),
                "attestationObject": b64(statement),
            },
            {"credProps": {"rk": True}},
        )

    def get(self, options: dict[str, Any], **changes: Any) -> dict[str, Any]:
        """The answer to `PublicKeyCredentialRequestOptionsJSON`; `changes` replace parts of its response."""
        client_data = self._client_data("webauthn.get", options["challenge"])
        data = self._data(options["rpId"], 0)
        signature = self.key.sign(data + hashlib.sha256(client_data).digest(), ec.ECDSA(hashes.SHA256()))
        response = {
            "clientDataJSON": b64(client_data),
            "authenticatorData": b64(data),
            "signature": b64(signature),
            "userHandle": b64(self.user_handle),
        }
        return self._credential({**response, **changes}, {})

    def _data(self, rp_id: str, flags: int) -> bytes:
        self.counter += 1 if self.counter else 0
        flags |= _PRESENT | (_VERIFIED if self.verified else 0)
        return hashlib.sha256(rp_id.encode()).digest() + struct.pack(">BI", flags, self.counter)

    def _client_data(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _credential(self, response: dict[str, Any], extensions: dict[str, Any]) -> dict[str, Any]:
        shown = b64(self.credential_id)
        return {
            "id": shown,
            "rawId": shown,
            "type": "public-key",
            "authenticatorAttachment": "platform",
            "response": response,
            "clientExtensionResults": extensions,
        }
