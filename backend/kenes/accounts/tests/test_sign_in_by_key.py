"""The place for sign-in by a signature key: closed while no adapter is configured."""

from typing import Any

import pytest

from kenes.accounts import sign_in_by_key
from kenes.accounts.sign_in_by_key import KeyOwner
from kenes.foundation import providers
from kenes.foundation.errors import NotFound


class OneOwner:
    """An adapter that knows one key."""

    def __init__(self, *, iin: str) -> None:
        self.iin = iin

    def owner_of(self, *, challenge: bytes, signature: bytes) -> KeyOwner:
        if signature != challenge[::-1]:
            raise providers.Rejected("signature")
        return KeyOwner(self.iin, "Досымов Кайрат")


def test_there_is_none(api: Any) -> None:
    assert sign_in_by_key.is_available() is False
    assert api.call("get", "/session/").json()["sign_in"]["eds"] is False
    with pytest.raises(NotFound):
        sign_in_by_key.adapter()


def test_a_configured_adapter_is_loaded(api: Any, settings: Any) -> None:
    entry = {"CLASS": f"{__name__}.OneOwner", "OPTIONS": {"iin": "870419390122"}}
    settings.PROVIDERS = {**settings.PROVIDERS, sign_in_by_key.CAPABILITY: entry}
    providers.load.cache_clear()
    try:
        assert api.call("get", "/session/").json()["sign_in"]["eds"] is True
        adapter = sign_in_by_key.adapter()
        assert adapter.owner_of(challenge=b"ab", signature=b"ba").iin == "870419390122"
        with pytest.raises(providers.Rejected):
            adapter.owner_of(challenge=b"ab", signature=b"xx")
    finally:
        providers.load.cache_clear()
