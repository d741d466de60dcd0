"""Encryption at rest and the scrubbing of logs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kenes.foundation import crypto, logs


@given(st.binary(max_size=300))
def test_what_was_encrypted_comes_back_and_is_not_readable(plain):
    stored = crypto.encrypt(plain)
    assert crypto.decrypt(stored) == plain
    assert stored != crypto.encrypt(plain)
    if len(plain) > 4:
        assert plain not in stored


@given(st.binary(min_size=1, max_size=60), st.data())
def test_any_changed_byte_is_noticed(plain, data):
    stored = bytearray(crypto.encrypt(plain))
    stored[data.draw(st.integers(0, len(stored) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(crypto.UnreadableValue):
        crypto.decrypt(bytes(stored))


def test_an_older_key_still_decrypts_and_a_removed_one_does_not(settings):
    old = settings.FIELD_ENCRYPTION_KEYS
    stored = crypto.encrypt(b"value")
    settings.FIELD_ENCRYPTION_KEYS = [("new", b"n" * 32), *old]
    assert crypto.decrypt(stored) == b"value"
    assert crypto.encrypt(b"value")[2:5] == b"new"
    settings.FIELD_ENCRYPTION_KEYS = [("new", b"n" * 32)]
    with pytest.raises(crypto.UnreadableValue):
        crypto.decrypt(stored)


@pytest.mark.parametrize(
    "text",
    [
        "ИИН 900101300007",
        "звонок +7 701 234 56 78",
        "87012345678",
        "8(701)234-56-78",
        "GET /x?apiKey=abcdef&y=1",
    ],
)
def test_numbers_of_people_and_secrets_do_not_reach_the_log(text):
    for secret in ("900101300007", "2345678", "234 56 78", "234-56-78", "abcdef"):
        assert secret not in logs.scrub(text)


def test_other_numbers_stay_in_the_log():
    assert logs.scrub("case KH-2026-000123 took 1234567 ms") == "case KH-2026-000123 took 1234567 ms"
