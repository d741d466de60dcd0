"""Settings are checked at start, each wrong one by name."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

BACKEND = Path(__file__).resolve().parents[2]
KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
GOOD = {
    "SECRET_KEY": "x" * 50,
    "DATABASE_URL": "postgres://u:p@127.0.0.1:1/d",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "FIELD_ENCRYPTION_KEYS": f"k1:{KEY}",
    "LOOKUP_HASH_KEYS": KEY,
    "PUBLIC_URL": "https://kenes.example",
    "SEAL_KEY_PASSPHRASE": "secret",
    "TOKEN_KEY_PASSPHRASE": "secret",
    "OPERATOR_BIN": "240540000006",
    "OPERATOR_ADDRESS": "Almaty",
}


def start(**changes):
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(BACKEND), **GOOD, **changes}
    env = {name: value for name, value in env.items() if value is not None}
    return subprocess.run(
        [sys.executable, "-c", "from config import env; env.read(); print('started')"],
        env=env,
        capture_output=True,
        text=True,
    )


def test_right_settings_start():
    result = start()
    assert (result.returncode, result.stdout.strip()) == (0, "started"), result.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", None),
        ("DATABASE_URL", "sqlite:///x.db"),
        ("REDIS_URL", "http://x"),
        ("FIELD_ENCRYPTION_KEYS", "k1:short"),
        ("LOOKUP_HASH_KEYS", "%%%"),
        ("LOOKUP_HASH_KEYS", ""),
        ("LOOKUP_HASH_KEY", "%%%"),
        ("PUBLIC_URL", "kenes.example/path"),
        ("EMAIL_PORT", "99999"),
        ("PUBLIC_URL", "http://kenes.example"),
        ("SEAL_KEY_PASSPHRASE", ""),
        ("TOKEN_KEY_PASSPHRASE", ""),
        ("OIDC_PROVIDERS", "{}"),
        ("OIDC_PROVIDERS", '[{"id": "x"}]'),
        ("SANDBOX_URL", "http://127.0.0.1:9000"),
        ("SMS_URL", "http://127.0.0.1:9000"),
        ("OCSP_URL", "ocsp.pki.gov.kz"),
        ("OCSP_URL", "http://127.0.0.1:9000/sandbox/esign/ocsp/"),
        ("TSP_URL", "http://test.pki.gov.kz/tsp/"),
        ("TSP_URL", "http://vendor.example/sandbox/esign/tsp/"),
        ("SIGEX_URL", "http://sigex.kz"),
        ("SIGEX_URL", "https://localhost/sandbox/sigex"),
        ("NCALAYER_URL", "wss://kenes.example/sandbox/ncalayer/"),
        ("NCALAYER_URL", "ws://127.0.0.1:13579"),
        ("NCALAYER_URL", "https://127.0.0.1:13579"),
    ],
)
def test_a_wrong_setting_stops_the_start_and_is_named(name, value):
    result = start(**{name: value})
    assert result.returncode == 78
    assert "started" not in result.stdout
    assert name in result.stderr
    assert ".env.example" in result.stderr


def test_the_older_name_of_the_hash_key_is_still_read():
    assert start(LOOKUP_HASH_KEYS=None, LOOKUP_HASH_KEY=KEY).returncode == 0


def test_the_real_services_of_signing_start():
    real = {
        "OCSP_URL": "http://ocsp.pki.gov.kz",
        "TSP_URL": "http://tsp.pki.gov.kz",
        "SIGEX_URL": "https://sigex.kz",
        "NCALAYER_URL": "wss://127.0.0.1:13579",
    }
    result = start(**real)
    assert result.returncode == 0, result.stderr


S3 = {"S3_BUCKET": "files", "S3_ACCESS_KEY": "a", "S3_SECRET_KEY": "s"}


@pytest.mark.parametrize("missing", ["S3_ACCESS_KEY", "S3_SECRET_KEY"])
def test_a_bucket_needs_its_keys(missing):
    result = start(**{**S3, missing: ""})
    assert result.returncode == 78 and missing in result.stderr


@pytest.mark.parametrize(
    ("address", "code"), [("https://s3.example", 0), ("", 0), ("s3.example", 78), ("http://s3.example", 78)]
)
def test_the_store_of_files_is_reached_safely(address, code):
    assert start(**S3, S3_ENDPOINT_URL=address).returncode == code


def test_the_demo_may_use_the_sandbox():
    assert (
        start(DEMO="true", SANDBOX_URL="http://127.0.0.1:9000", PUBLIC_URL="http://localhost:8080").returncode
        == 0
    )


def test_the_example_lists_every_setting_with_its_sentence():
    from config.env_example import render

    assert (BACKEND.parent / ".env.example").read_text(encoding="utf-8") == render()
