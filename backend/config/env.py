"""Every setting that the environment may give: read once, checked once, explained in `.env.example`."""

import base64
import json
import os
import sys
from pathlib import Path
from typing import cast
from urllib.parse import urlparse

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from config import esign_addresses

ROOT = Path(__file__).resolve().parents[2]


def _decoded_key(text: str) -> bytes:
    key = base64.b64decode(text, validate=True)
    if len(key) != 32:
        raise ValueError("a key is 32 bytes in base64 (44 characters)")
    return key


class Env(BaseSettings):
    """Environment of the process; each field's description is its line in `.env.example`."""

    model_config = SettingsConfigDict(env_file=None, extra="ignore")

    secret_key: str = Field(
        min_length=50, description="Django's secret, 50 characters or more; changing it signs everyone out."
    )
    debug: bool = Field(False, description="Django's debug pages; never true where people's data lives.")
    demo: bool = Field(
        False, description="Demonstration mode: the vendor sandbox is allowed and every page says so."
    )
    public_url: str = Field(
        "http://localhost:8080", description="The one origin people see, without a slash at the end."
    )
    run_dir: Path = Field(ROOT / ".run", description="Folder for everything a running stack keeps.")
    database_url: str = Field(description="PostgreSQL 14 or newer, postgres://user:password@host:port/name.")
    redis_url: str = Field(description="Redis 7, redis://host:port/number.")
    field_encryption_keys: str = Field(
        description="Keys for personal data at rest: id:base64 of 32 bytes, comma separated, the newest first."
    )
    lookup_hash_keys: str = Field(
        "",
        description="Keys of the look-up hashes of ИИН and phone: base64 of 32 bytes each, comma separated, the newest first.",
    )
    lookup_hash_key: str = Field(
        "", description="Older name of LOOKUP_HASH_KEYS with a single key; read when that one is empty."
    )
    media_dir: Path | None = Field(None, description="Folder for stored files; empty means RUN_DIR/media.")
    s3_bucket: str = Field(
        "", description="Bucket for stored files in an S3-compatible store; empty keeps them in MEDIA_DIR."
    )
    s3_endpoint_url: str = Field("", description="Address of that store; empty means Amazon's own.")
    s3_region: str = Field("", description="Region of the bucket, empty where the store has none.")
    s3_access_key: str = Field("", description="Access key of the store; required with S3_BUCKET.")
    s3_secret_key: str = Field("", description="Secret key of the store; required with S3_BUCKET.")
    seal_key_dir: Path | None = Field(
        None, description="Folder of the seal key and its authority; empty means RUN_DIR/seal."
    )
    seal_key_passphrase: str = Field("", description="Passphrase of the seal key; required unless DEMO.")
    token_key_dir: Path | None = Field(
        None,
        description="Folder of the keys that sign tokens, shared by all API machines; empty means RUN_DIR/tokens.",
    )
    token_key_passphrase: str = Field("", description="Passphrase of the token keys; required unless DEMO.")
    google_client_id: str = Field("", description="Client id of login with Google, empty for none.")
    google_client_secret: str = Field("", description="Client secret of login with Google.")
    oidc_providers: str = Field(
        "[]",
        description=(
            'Outside OpenID Connect logins, JSON: [{"id": "egov", "name": "eGov", "server_url": "https://…", '
            '"client_id": "…", "secret": "…"}].'
        ),
    )
    converter_urls: str = Field("", description="Warm LibreOffice converters, host:port, comma separated.")
    clamd_url: str = Field("127.0.0.1:3310", description="ClamAV daemon, host:port.")
    email_host: str = Field("127.0.0.1", description="SMTP server that sends the letters.")
    email_port: int = Field(25, ge=1, le=65535, description="Port of the SMTP server.")
    email_use_tls: bool = Field(False, description="STARTTLS on the SMTP connection (port 587).")
    email_host_user: str = Field("", description="SMTP user name, empty for none.")
    email_host_password: str = Field("", description="SMTP password, empty for none.")
    email_domain: str = Field(
        "kenes.sandbox", description="Our mail domain: Message-ID, sender and reply addresses."
    )
    sms_url: str = Field(
        "https://api.mobizon.kz", description="Base address of the SMS provider (Mobizon protocol)."
    )
    sms_api_key: str = Field("", description="API key of the SMS provider.")
    sms_sender: str = Field("", description="Registered sender name, empty for the shared one.")
    sms_webhook_secret: str = Field(
        "", description="Secret of the SMS delivery reports; empty refuses all reports."
    )
    sandbox_url: str = Field("", description="Address of the vendor sandbox, demonstration only.")
    kzsign_anchors_dir: Path | None = Field(
        None,
        description="Folder of the trusted certificates of the national authority; empty means RUN_DIR/esign/anchors.",
    )
    ocsp_url: str = Field(
        "",
        description="OCSP service for all certificates; empty asks the address in the certificate, on ESIGN_HOSTS only.",
    )
    tsp_url: str = Field(
        "",
        description="Time stamp service, http://tsp.pki.gov.kz; empty makes signatures and seals without a time stamp.",
    )
    esign_hosts: str = Field(
        "ocsp.pki.gov.kz,crl.pki.gov.kz,crl.root.gov.kz",
        description="Hosts that may be asked about revocation when a certificate names them, comma separated.",
    )
    crl_urls: str = Field(
        "official",
        description=(
            "Lists of revoked certificates fetched every hour, used where OCSP is silent: addresses, comma separated; "
            "«official» for those of the national authority, empty for none."
        ),
    )
    sigex_url: str = Field(
        "",
        description=(
            "Address of the eGov mobile service (https://sigex.kz) for signing by QR; documents go to that service, so it is "
            "off while this is empty."
        ),
    )
    ncalayer_url: str = Field(
        "", description="Address of NCALayer in the browser; empty means wss://127.0.0.1:13579."
    )
    db_pool: bool = Field(False, description="PostgreSQL connection pool, on for the API processes.")
    address_limits_factor: int = Field(
        1, ge=1, description="Multiplies the limits per network address; tests and demo raise it."
    )
    operator_name: str = Field(
        "Kenes Hub (demo)", description="Legal name of whoever runs the service; stands in the consent texts."
    )
    operator_bin: str = Field("—", description="БИН of the operator; required unless DEMO.")
    operator_address: str = Field("—", description="Postal address of the operator; required unless DEMO.")
    operator_bank: str = Field("", description="Bank of the operator, for contracts and invoices.")
    operator_bic: str = Field("", description="БИК of that bank.")
    operator_iban: str = Field("", description="Account of the operator.")
    operator_kbe: str = Field("17", description="КБе of the operator.")
    operator_head: str = Field("", description="Full name of the head who signs for the operator.")
    operator_basis: str = Field("", description="By what the head acts, in the genitive: Устава.")
    contact_email: str = Field(
        "", description="Address for visitors' questions on the public page, empty for none."
    )
    contact_phone: str = Field(
        "", description="Telephone for visitors' questions on the public page, empty for none."
    )

    @field_validator("public_url")
    @classmethod
    def _origin(cls, value: str) -> str:
        url = urlparse(value)
        if url.scheme not in {"http", "https"} or not url.hostname or url.path not in {"", "/"}:
            raise ValueError("an origin such as https://kenes.example")
        return value.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _postgres(cls, value: str) -> str:
        if urlparse(value).scheme not in {"postgres", "postgresql"}:
            raise ValueError("only PostgreSQL is supported: postgres://user:password@host:port/name")
        return value

    @field_validator("redis_url")
    @classmethod
    def _redis(cls, value: str) -> str:
        if urlparse(value).scheme not in {"redis", "rediss"}:
            raise ValueError("redis://host:port/number")
        return value

    @field_validator("field_encryption_keys")
    @classmethod
    def _keys(cls, value: str) -> str:
        for part in value.split(","):
            key_id, _, encoded = part.partition(":")
            if not key_id or len(key_id) > 16:
                raise ValueError("each key is id:base64, the id at most 16 characters")
            _decoded_key(encoded)
        return value

    @field_validator("lookup_hash_keys", "lookup_hash_key")
    @classmethod
    def _hash_keys(cls, value: str) -> str:
        for part in filter(None, value.split(",")):
            _decoded_key(part.strip())
        return value

    @model_validator(mode="after")
    def _hash_key_is_there(self) -> "Env":
        if not self.hash_keys:
            raise ValueError("LOOKUP_HASH_KEYS is required: base64 of 32 bytes, the newest first")
        return self

    @field_validator("oidc_providers")
    @classmethod
    def _providers(cls, value: str) -> str:
        try:
            rows = json.loads(value or "[]")
        except ValueError:
            rows = None
        needed = {"id", "name", "server_url", "client_id", "secret"}
        if not isinstance(rows, list) or not all(
            isinstance(row, dict) and needed == set(row) for row in rows
        ):
            raise ValueError("a JSON list of objects with id, name, server_url, client_id and secret")
        if not all(isinstance(part, str) and part for row in rows for part in row.values()):
            raise ValueError("every value of a provider is a text that is not empty")
        return value or "[]"

    @model_validator(mode="after")
    def _store_is_whole(self) -> "Env":
        if self.s3_bucket and not (self.s3_access_key and self.s3_secret_key):
            raise ValueError("S3_ACCESS_KEY and S3_SECRET_KEY are required with S3_BUCKET")
        if self.s3_endpoint_url and urlparse(self.s3_endpoint_url).scheme not in {"http", "https"}:
            raise ValueError("S3_ENDPOINT_URL must be an address such as https://s3.example")
        return self

    @model_validator(mode="after")
    def _production_is_real(self) -> "Env":
        if self.demo or self.debug:
            return self
        local = {"localhost", "127.0.0.1", "::1"}
        if self.sandbox_url or (urlparse(self.sms_url).hostname or "") in local:
            raise ValueError(
                "SANDBOX_URL or SMS_URL points to the vendor sandbox: allowed only with DEMO=true"
            )
        if not self.public_url.startswith("https://"):
            raise ValueError("PUBLIC_URL must be https outside DEMO")
        if "—" in {self.operator_bin, self.operator_address}:
            raise ValueError("OPERATOR_NAME, OPERATOR_BIN and OPERATOR_ADDRESS are required outside DEMO")
        if not self.seal_key_passphrase:
            raise ValueError("SEAL_KEY_PASSPHRASE is required outside DEMO")
        if not self.token_key_passphrase:
            raise ValueError("TOKEN_KEY_PASSPHRASE is required outside DEMO")
        if self.s3_endpoint_url.startswith("http://"):
            raise ValueError("S3_ENDPOINT_URL must be https outside DEMO")
        if any(urlparse(row["server_url"]).scheme != "https" for row in self.outside_logins):
            raise ValueError("OIDC_PROVIDERS must be https outside DEMO")
        return self

    @model_validator(mode="after")
    def _signing_is_real(self) -> "Env":
        for name, problem in esign_addresses.problems(
            {name: getattr(self, name) for name in esign_addresses.NAMES}, demo=self.demo or self.debug
        ):
            raise ValueError(f"{name.upper()} {problem}")
        return self

    @property
    def encryption_keys(self) -> list[tuple[str, bytes]]:
        pairs = (part.partition(":") for part in self.field_encryption_keys.split(","))
        return [(key_id, _decoded_key(encoded)) for key_id, _, encoded in pairs]

    @property
    def outside_logins(self) -> list[dict[str, str]]:
        return cast("list[dict[str, str]]", json.loads(self.oidc_providers))

    @property
    def hash_keys(self) -> list[bytes]:
        listed = self.lookup_hash_keys or self.lookup_hash_key
        return [_decoded_key(part.strip()) for part in listed.split(",") if part.strip()]


def read() -> Env:
    """Read the environment; on a wrong setting say which and stop the process with code 78 (EX_CONFIG)."""
    try:
        return Env()  # type: ignore[call-arg]
    except ValidationError as problem:
        lines = ["Settings are wrong:"]
        for error in problem.errors():
            name = "_".join(str(part) for part in error["loc"]).upper() or "SETTINGS"
            lines.append(f"  {name}: {error['msg'].removeprefix('Value error, ')}")
        lines.append("Every setting is explained in .env.example.")
        sys.stderr.write("\n".join(lines) + "\n")
        sys.stderr.flush()
        # gunicorn restarts a worker that ends in the ordinary way; it must stop instead.
        if "gunicorn" in sys.argv[0]:
            os._exit(78)
        sys.exit(78)
