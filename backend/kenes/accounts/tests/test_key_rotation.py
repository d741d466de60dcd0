"""Keys are rotated while the system runs: nothing is lost, nothing stays behind, one number stays one account."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection

from kenes.accounts import selectors, services
from kenes.accounts.errors import IinTaken
from kenes.accounts.models import Language, User
from kenes.accounts.testing import TOTP_SECRET, enrol
from kenes.files import services as files
from kenes.files.models import StoredFile
from kenes.foundation import crypto, rotation
from kenes.foundation.actor import Actor
from kenes.foundation.identifiers import new_id
from kenes.foundation.models import IdempotencyRecord
from kenes.foundation.values import PhoneNumber
from kenes.messaging import services as messaging
from kenes.messaging.models import Message

from .conftest import IIN, OTHER_IIN, PHONE, make_borrower

OLD, NEW = ("k1", b"o" * 32), ("k2", b"n" * 32)
OLD_HASH, NEW_HASH = b"h" * 32, b"g" * 32
BACKEND = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _old_keys(settings: Any, tmp_path: Path) -> None:
    settings.FIELD_ENCRYPTION_KEYS = [OLD]
    settings.LOOKUP_HASH_KEYS = [OLD_HASH]
    settings.MEDIA_ROOT = tmp_path / "media"


def bring_new_keys(settings: Any) -> None:
    settings.FIELD_ENCRYPTION_KEYS = [NEW, OLD]
    settings.LOOKUP_HASH_KEYS = [NEW_HASH, OLD_HASH]


def drop_old_keys(settings: Any) -> None:
    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    settings.LOOKUP_HASH_KEYS = [NEW_HASH]


def rotate(capsys: Any) -> str:
    call_command("rotate_keys", batch=7)
    return str(capsys.readouterr().out)


def named(phone: str = PHONE, iin: str = IIN, name: str = "Досымов Кайрат") -> User:
    user = make_borrower(phone)
    services.set_identity(actor=Actor(user.pk), user_id=user.pk, full_name=name, iin=iin)
    return User.objects.get(pk=user.pk)


def test_everything_comes_under_the_new_keys_and_the_old_ones_can_go(
    settings: Any, api_for: Any, capsys: Any
) -> None:
    user = named()
    client = api_for(user)
    enrol(user)
    messaging.send_sms(key="one", phone=PHONE, text="текст", kind="test")
    stored = files.store(
        data=b"letter", name="a.pdf", mime="application/pdf", origin="generated", owner_kind="person",
        owner_id=user.pk,
    )  # fmt: skip
    headers = {"Idempotency_Key": "k" * 20}
    client.call("post", "/consents/personal_data/withdraw/", {"reason": ""}, **headers)
    IdempotencyRecord.objects.create(
        owner="x", key="y" * 8, body_hash="", answer="ответ", created_at=user.created_at
    )

    bring_new_keys(settings)
    with pytest.raises(SystemExit):
        call_command("rotate_keys", check=True)
    out = rotate(capsys)
    assert "accounts.User" in out and "Everything is under the newest keys" in out
    call_command("rotate_keys", check=True)

    drop_old_keys(settings)
    fresh = User.objects.get(pk=user.pk)
    assert (fresh.full_name, fresh.phone, fresh.iin) == ("Досымов Кайрат", PHONE, IIN)
    assert fresh.name_words == user.__class__.objects.get(pk=user.pk).name_words != user.name_words
    assert selectors.find_by_phone(PhoneNumber.parse(PHONE)) == fresh
    assert Message.objects.get(key="one").body == {"text": "текст"}
    assert Message.objects.get(key="one").address_hash == crypto.lookup_hash(PHONE)
    assert IdempotencyRecord.objects.get(owner="x").answer == "ответ"
    assert files.read(StoredFile.objects.get(pk=stored.pk)) == b"letter"
    factor = Authenticator.objects.get(user=user)
    assert get_adapter().decrypt(factor.data["secret"]) == TOTP_SECRET
    assert client.call("get", "/session/").json()["authenticated"] is True


def test_a_row_loaded_before_its_file_moved_can_still_be_read(settings: Any, capsys: Any) -> None:
    stored = files.store(
        data=b"letter",
        name="a",
        mime="text/plain",
        origin="generated",
        owner_kind="person",
        owner_id=new_id(),
    )
    loaded = StoredFile.objects.get(pk=stored.pk)
    bring_new_keys(settings)
    rotate(capsys)
    assert StoredFile.objects.get(pk=stored.pk).storage_key != loaded.storage_key
    assert files.read(loaded) == b"letter"


def test_an_unreadable_value_is_left_and_reported(settings: Any, capsys: Any) -> None:
    user = named()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_user SET profile = %s WHERE id = %s", [b"\x01\x02k1broken", user.pk])
    other = named("+77015550002", OTHER_IIN, "Есенұлы Бақытжан")
    bring_new_keys(settings)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    with pytest.raises(SystemExit):
        call_command("rotate_keys")
    drop_old_keys(settings)
    assert User.objects.only("full_name").get(pk=other.pk).full_name == "Есенұлы Бақытжан"
    assert User.objects.only("full_name").get(pk=user.pk).full_name == "Досымов Кайрат"


def test_the_same_number_is_found_while_its_row_has_the_old_hash(settings: Any) -> None:
    user = named()
    bring_new_keys(settings)
    again = services.ensure_account(phone=PhoneNumber.parse(PHONE), language=Language.RU)
    assert again == user and User.objects.count() == 1
    assert selectors.find_ids(phone=PhoneNumber.parse(PHONE)) == [user.pk]

    other = make_borrower("+77015550003")
    with pytest.raises(IinTaken):
        services.set_identity(actor=Actor(other.pk), user_id=other.pk, full_name="Чужой", iin=IIN)
    assert User.objects.get(pk=other.pk).iin is None


def test_limits_of_messages_count_both_hashes(settings: Any) -> None:
    from kenes.foundation.errors import Throttled

    settings.SMS_PER_NUMBER = (2, 2)
    for number in range(2):
        messaging.send_sms(key=f"m{number}", phone=PHONE, text="текст", kind="test")
    bring_new_keys(settings)
    with pytest.raises(Throttled):
        messaging.send_sms(key="m2", phone=PHONE, text="текст", kind="test")


# --- with other writers at work


@pytest.mark.django_db(transaction=True)
def test_writes_during_rotation_are_never_lost(settings: Any, capsys: Any) -> None:
    people = [make_borrower(f"+7701555{number:04d}") for number in range(12)]
    for person in people:
        person.full_name = "начало"
        person.save(update_fields=["full_name"])
    bring_new_keys(settings)
    last: dict[Any, str] = {}
    stop = threading.Event()
    problems: list[Exception] = []

    def write(mine: list[User], writer: int) -> None:
        try:
            count = 0
            while not stop.is_set():
                for person in mine:
                    count += 1
                    row = User.objects.get(pk=person.pk)
                    row.full_name = f"писатель {writer} раз {count}"
                    row.save(update_fields=["full_name"])
                    last[person.pk] = row.full_name
        except Exception as problem:
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(people[number::3], number)) for number in range(3)]
    for thread in threads:
        thread.start()
    try:
        for _round in range(3):
            for store in rotation.stores():
                store.rotate(batch=2, progress=lambda _name, _count: None)
    finally:
        stop.set()
        for thread in threads:
            thread.join(20)
    assert problems == []
    drop_old_keys(settings)
    assert {person.pk: User.objects.get(pk=person.pk).full_name for person in people} == last
    for person in people:
        assert User.objects.get(pk=person.pk).phone == person.phone


def environment(tmp_path: Path, *, hash_keys: list[bytes], keys: list[tuple[str, bytes]]) -> dict[str, str]:
    """Of a real process that works on the database of this test."""
    import base64

    database = connection.settings_dict
    address = f"{database['HOST']}:{database['PORT']}"
    return {
        **os.environ,
        "DATABASE_URL": f"postgres://{database['USER']}:{database['PASSWORD']}@{address}/{database['NAME']}",
        "REDIS_URL": str(django_settings.CACHES["default"]["LOCATION"]),
        "SECRET_KEY": "x" * 60,
        "DEMO": "true",
        "FIELD_ENCRYPTION_KEYS": ",".join(f"{name}:{base64.b64encode(key).decode()}" for name, key in keys),
        "LOOKUP_HASH_KEYS": ",".join(base64.b64encode(key).decode() for key in hash_keys),
        "MEDIA_DIR": str(django_settings.MEDIA_ROOT),
        "RUN_DIR": str(tmp_path),
        "PUBLIC_URL": "http://localhost:8080",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONPATH": str(BACKEND),
    }


def manage(env: dict[str, str], *args: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, str(BACKEND / "manage.py"), *args],
        env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_a_killed_rotation_is_gone_on_with(settings: Any, tmp_path: Path) -> None:
    people = [make_borrower(f"+7701555{number:04d}") for number in range(30)]
    stored = files.store(
        data=b"letter",
        name="a",
        mime="text/plain",
        origin="generated",
        owner_kind="person",
        owner_id=new_id(),
    )
    env = environment(tmp_path, hash_keys=[NEW_HASH, OLD_HASH], keys=[NEW, OLD])
    process = manage(env, "rotate_keys", "--batch", "2", "--pause", "0.05")
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("accounts.User") and " so far" in line:
            break
    process.send_signal(signal.SIGKILL)
    assert process.wait(10) == -signal.SIGKILL

    bring_new_keys(settings)
    tables = [store for store in rotation.stores() if store.name.startswith("accounts.User (full_name")]
    assert 0 < tables[0].pending() < len(people)

    second = manage(env, "rotate_keys")
    out, problems = second.communicate(timeout=120)
    assert second.returncode == 0, problems
    assert "Everything is under the newest keys" in out
    drop_old_keys(settings)
    assert {User.objects.get(pk=person.pk).phone for person in people} == {person.phone for person in people}
    assert files.read(StoredFile.objects.get(pk=stored.pk)) == b"letter"


REGISTER = """
import json, sys
from kenes.accounts import services
from kenes.foundation.values import PhoneNumber
sys.stdout.write("ready\\n"); sys.stdout.flush(); sys.stdin.readline()
made = [str(services.ensure_account(phone=PhoneNumber.parse(f"+7702555{n:04d}"), language="ru").pk) for n in range(25)]
print(json.dumps(made))
"""


@pytest.mark.django_db(transaction=True)
def test_two_releases_with_keys_in_different_order_make_one_account_of_a_number(tmp_path: Path) -> None:
    """While new keys are rolled out, some processes write the old hash and some the new one."""
    processes = []
    for hash_keys in ([OLD_HASH, NEW_HASH], [NEW_HASH, OLD_HASH]):
        process = subprocess.Popen(
            [sys.executable, str(BACKEND / "manage.py"), "shell", "--no-imports", "-c", REGISTER],
            env=environment(tmp_path, hash_keys=hash_keys, keys=[OLD]),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        processes.append(process)
    for process in processes:
        assert process.stdout is not None and process.stdout.readline() == "ready\n", process.communicate()
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    made = []
    for process in processes:
        out, problems = process.communicate(timeout=60)
        assert process.returncode == 0, problems
        made.append(json.loads(out))
    assert made[0] == made[1]
    assert User.objects.filter(phone__isnull=False).count() == 25


def test_sessions_stay_while_a_request_and_the_rotation_meet(settings: Any, api_for: Any) -> None:
    client = api_for(make_borrower(PHONE))
    bring_new_keys(settings)
    store = next(store for store in rotation.stores() if store.name == "Sessions")
    assert store.pending() == 1
    before = Session.objects.get().session_data
    assert store.rotate(batch=5, progress=lambda _name, _count: time.sleep(0)) == 1
    assert Session.objects.get().session_data != before
    assert client.call("get", "/session/").json()["authenticated"] is True
