"""What a run folder keeps over restarts."""

import json
import socket
import stat
import threading
from pathlib import Path

import pytest

from onebox import ports, secret_store


def test_ports_are_chosen_once_and_used_again(tmp_path: Path) -> None:
    file = tmp_path / "ports.json"
    first = ports.choose(file, friendly=False)
    assert ports.choose(file, friendly=False) == first
    assert sorted(first) == sorted(ports.NAMES)
    assert len(set(first.values())) == len(first)


def test_a_taken_port_is_replaced_and_the_others_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ports, "PATIENCE", 0.2)
    file = tmp_path / "ports.json"
    first = ports.choose(file, friendly=False)
    with socket.create_server(("127.0.0.1", first["redis"])):
        second = ports.choose(file, friendly=False)
    assert second["redis"] != first["redis"]
    assert {**second, "redis": 0} == {**first, "redis": 0}


def test_a_port_of_a_server_that_is_just_stopping_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "ports.json"
    first = ports.choose(file, friendly=False)
    stopping = socket.create_server(("127.0.0.1", first["public"]))
    threading.Timer(0.5, stopping.close).start()
    assert ports.choose(file, friendly=False) == first


def test_a_broken_ports_file_is_made_anew(tmp_path: Path) -> None:
    file = tmp_path / "ports.json"
    file.write_text('{"public": ')
    assert json.loads(json.dumps(ports.choose(file, friendly=False)))["public"] > 0


def test_secrets_are_made_once_and_only_the_owner_reads_them(tmp_path: Path) -> None:
    file = tmp_path / "secrets.env"
    first = secret_store.load(file)
    assert secret_store.load(file) == first
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(first["SECRET_KEY"]) >= 50
    assert first["FIELD_ENCRYPTION_KEYS"].startswith("k1:")


def test_a_secret_of_a_later_release_is_added_without_changing_the_others(tmp_path: Path) -> None:
    file = tmp_path / "secrets.env"
    first = secret_store.load(file)
    lines = [line for line in file.read_text().splitlines() if not line.startswith("SMS_API_KEY=")]
    file.write_text("\n".join(lines) + "\n")
    second = secret_store.load(file)
    assert second["SMS_API_KEY"] != first["SMS_API_KEY"]
    assert {**second, "SMS_API_KEY": ""} == {**first, "SMS_API_KEY": ""}
