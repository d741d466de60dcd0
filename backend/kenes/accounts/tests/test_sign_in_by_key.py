"""Sign-in by a signature key and proof of the own ИИН: which account a key opens, and what a text can be used for.

Signatures themselves are judged by the adapter of a higher app and tested there.
"""

import base64
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from conftest import ApiClient
from kenes.accounts import services, sign_in_by_key
from kenes.accounts.models import DuplicateClaim, User
from kenes.accounts.selectors import actor_for
from kenes.accounts.sign_in_by_key import KeyOwner
from kenes.accounts.testing import TOTP_SECRET, enrol, prove
from kenes.event_log.models import EventRow
from kenes.foundation import clock, crypto, providers
from kenes.foundation.errors import KenesError, NotFound
from kenes.messaging.models import Message

from .authenticator import app_code
from .conftest import IIN, OTHER_IIN, make_borrower

pytestmark = pytest.mark.django_db


class NotSigned(KenesError):
    code = "test.not_signed"


class WrittenByHand:
    """An adapter for which `ИИН|name|text` in base64 is a signature of the text by the key of that person."""

    def __init__(self, *, ready: bool = True) -> None:
        self.ready = ready

    def is_ready(self) -> bool:
        return self.ready

    def owner_of(self, *, challenge: bytes, signature: bytes) -> KeyOwner:
        iin, name, text = base64.b64decode(signature).decode().split("|", 2)
        if text.encode() != challenge:
            raise NotSigned
        return KeyOwner(iin, name)


def signed(challenge: dict[str, Any], *, iin: str = IIN, name: str = "Досымов Кайрат") -> dict[str, str]:
    text = f"{iin}|{name}|{challenge['text']}"
    return {"id": challenge["id"], "cms": base64.b64encode(text.encode()).decode()}


@pytest.fixture
def adapter(settings: Any) -> Iterator[None]:
    entry = {"CLASS": f"{__name__}.WrittenByHand", "OPTIONS": {}}
    settings.PROVIDERS = {**settings.PROVIDERS, sign_in_by_key.CAPABILITY: entry}
    providers.load.cache_clear()
    yield
    providers.load.cache_clear()


@pytest.fixture
def owner(borrower: User, adapter: None) -> User:
    """A borrower whose ИИН was proved."""
    borrower.full_name, borrower.iin, borrower.iin_hash = "Досымов", IIN, crypto.lookup_hash(IIN)
    borrower.iin_confirmed_at = clock.now()
    borrower.save()
    return borrower


def ask(client: Any) -> dict[str, Any]:
    answer = client.call("post", "/auth/eds/challenge/", {})
    assert answer.status_code == 200, answer.content
    return answer.json()  # type: ignore[no-any-return]


def code_of(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def is_signed_in(client: Any) -> bool:
    return bool(client.call("get", "/session/").json()["authenticated"])


def test_without_an_adapter_there_is_no_such_way(api: Any, settings: Any, db: None) -> None:
    settings.PROVIDERS = {name: one for name, one in settings.PROVIDERS.items() if name != "sign_in_eds"}
    assert api.call("get", "/session/").json()["sign_in"]["eds"] is False
    assert api.call("post", "/auth/eds/challenge/", {}).status_code == 404
    with pytest.raises(NotFound):
        sign_in_by_key.adapter()


def test_an_adapter_that_cannot_judge_is_as_good_as_none(api: Any, settings: Any, db: None) -> None:
    entry = {"CLASS": f"{__name__}.WrittenByHand", "OPTIONS": {"ready": False}}
    settings.PROVIDERS = {**settings.PROVIDERS, sign_in_by_key.CAPABILITY: entry}
    providers.load.cache_clear()
    assert api.call("get", "/session/").json()["sign_in"]["eds"] is False
    assert api.call("post", "/auth/eds/challenge/", {}).status_code == 404
    providers.load.cache_clear()


def test_a_proved_person_signs_in_and_the_log_says_how(api: Any, owner: User) -> None:
    challenge = ask(api)
    assert base64.b64decode(challenge["data"]).decode() == challenge["text"]
    assert "localhost:8080" in challenge["text"]
    answer = api.call("post", "/auth/eds/", signed(challenge))
    assert (answer.status_code, answer.json()["user"]["id"]) == (200, str(owner.pk))
    assert is_signed_in(api)
    event = EventRow.objects.get(type="person.signed_in")
    assert event.data["method"] == "eds"


def test_two_texts_are_never_the_same(api: Any, owner: User) -> None:
    assert ask(api)["text"] != ask(api)["text"]


def test_a_text_is_good_once(api: Any, owner: User) -> None:
    body = signed(ask(api))
    assert api.call("post", "/auth/eds/", body).status_code == 200
    api.call("post", "/auth/logout/", {})
    assert code_of(api.call("post", "/auth/eds/", body)) == (409, "auth.eds_challenge_gone")
    assert not is_signed_in(api)


def test_a_text_is_used_up_by_a_wrong_answer_too(api: Any, owner: User) -> None:
    challenge = ask(api)
    wrong = signed({**challenge, "text": "another"})
    assert code_of(api.call("post", "/auth/eds/", wrong)) == (400, "test.not_signed")
    assert code_of(api.call("post", "/auth/eds/", signed(challenge))) == (409, "auth.eds_challenge_gone")


def test_a_signed_text_is_worth_nothing_in_another_browser(api: Any, owner: User) -> None:
    body = signed(ask(api))
    thief = ApiClient()
    ask(thief)
    assert code_of(thief.call("post", "/auth/eds/", body)) == (409, "auth.eds_challenge_gone")
    assert not is_signed_in(thief)


def test_a_new_text_makes_the_one_before_void(api: Any, owner: User) -> None:
    body = signed(ask(api))
    ask(api)
    assert code_of(api.call("post", "/auth/eds/", body)) == (409, "auth.eds_challenge_gone")


def test_a_text_ends_after_five_minutes(api: Any, owner: User) -> None:
    with clock.frozen(clock.now() - timedelta(minutes=5, seconds=2)):
        challenge = ask(api)
    assert code_of(api.call("post", "/auth/eds/", signed(challenge))) == (409, "auth.eds_challenge_gone")


@pytest.mark.parametrize(
    "change", [{"iin_confirmed_at": None}, {"is_active": False}, {"is_service": True}, {"iin_hash": "0" * 64}]
)
def test_what_is_not_a_proved_open_account_is_unknown(api: Any, owner: User, change: dict[str, Any]) -> None:
    User.objects.filter(pk=owner.pk).update(**change)
    assert code_of(api.call("post", "/auth/eds/", signed(ask(api)))) == (400, "auth.eds_unknown")
    assert not is_signed_in(api)


def test_an_unknown_person_gets_the_same_answer(api: Any, owner: User) -> None:
    answer = api.call("post", "/auth/eds/", signed(ask(api), iin=OTHER_IIN))
    assert code_of(answer) == (400, "auth.eds_unknown")
    assert OTHER_IIN not in answer.content.decode()


def test_who_has_a_second_step_is_asked_for_it(api: Any, owner: User) -> None:
    enrol(owner)
    assert code_of(api.call("post", "/auth/eds/", signed(ask(api)))) == (401, "auth.second_step_required")
    assert not is_signed_in(api)
    assert api.call("post", "/auth/second-step/", {"code": app_code(TOTP_SECRET)}).status_code == 200
    assert is_signed_in(api)


def test_it_needs_the_csrf_token_also_without_a_session(owner: User) -> None:
    client = ApiClient()
    assert client.call("post", "/auth/eds/challenge/", {}, X_CSRFToken="").status_code == 403


def test_a_body_of_any_kind_is_refused_and_not_an_error(api: Any, owner: User) -> None:
    challenge = ask(api)
    for cms in ("", "\x00", "ё", "A" * 70_000, 12, None, ["A"], "\ud800"):
        answer = api.call("post", "/auth/eds/", {"id": challenge["id"], "cms": cms})
        assert answer.status_code == 400, (cms, answer.content)


def test_too_many_texts_from_one_address_are_throttled(api: Any, owner: User, settings: Any) -> None:
    settings.ADDRESS_LIMITS_FACTOR = 1
    settings.ALLOWANCES = {**settings.ALLOWANCES, "address_key": (2, 60)}
    ask(api)
    ask(api)
    assert api.call("post", "/auth/eds/challenge/", {}).status_code == 429


# --- proof of the own ИИН


def _connect(client: Any, **changes: Any) -> Any:
    answer = client.call("post", "/me/eds/challenge/", {})
    assert answer.status_code == 200, answer.content
    return client.call("post", "/me/eds/", signed(answer.json(), **changes))


@pytest.fixture
def mine(api_for: Callable[[Any], Any], borrower: User, adapter: None) -> Any:
    """The borrower's own browser, with a fresh proof."""
    client = api_for(borrower)
    prove(client)
    return client


def test_a_key_gives_the_account_its_iin_and_from_then_on_signs_in(mine: Any, borrower: User) -> None:
    answer = _connect(mine)
    assert answer.status_code == 200, answer.content
    assert (answer.json()["has_iin"], answer.json()["iin_confirmed"]) == (True, True)
    borrower.refresh_from_db()
    assert (borrower.iin, borrower.full_name) == (IIN, "Досымов Кайрат")
    assert set(EventRow.objects.values_list("type", flat=True)) >= {
        "person.identity_set",
        "person.identity_proved",
    }
    other = ApiClient()
    assert other.call("post", "/auth/eds/", signed(ask(other))).status_code == 200


def test_a_typed_iin_is_confirmed_and_the_owner_of_the_address_is_told(mine: Any, borrower: User) -> None:
    User.objects.filter(pk=borrower.pk).update(email="me@example.com", email_verified_at=clock.now())
    services.set_identity(
        actor=actor_for(borrower), user_id=borrower.pk, full_name="Досымов Кайрат Ануарович", iin=IIN
    )
    assert _connect(mine).status_code == 200
    borrower.refresh_from_db()
    assert borrower.iin_confirmed_at is not None
    assert borrower.full_name != "Досымов Кайрат"
    assert Message.objects.filter(kind="account_notice").count() == 1
    assert _connect(mine).status_code == 200, "a second time changes nothing"
    assert Message.objects.filter(kind="account_notice").count() == 1


def test_a_key_of_somebody_else_confirms_nothing(mine: Any, borrower: User) -> None:
    User.objects.filter(pk=borrower.pk).update(iin=IIN, iin_hash=crypto.lookup_hash(IIN))
    assert code_of(_connect(mine, iin=OTHER_IIN)) == (409, "auth.eds_other_iin")
    borrower.refresh_from_db()
    assert (borrower.iin, borrower.iin_confirmed_at) == (IIN, None)


def test_an_iin_of_another_account_is_refused_and_staff_see_the_pair(mine: Any, borrower: User) -> None:
    holder = make_borrower("+77015550000")
    User.objects.filter(pk=holder.pk).update(iin=IIN, iin_hash=crypto.lookup_hash(IIN))
    assert code_of(_connect(mine)) == (409, "accounts.iin_taken")
    borrower.refresh_from_db()
    assert borrower.iin is None
    assert DuplicateClaim.objects.get().holder_id == holder.pk


def test_without_a_fresh_proof_no_key_is_connected(
    api_for: Callable[[Any], Any], borrower: User, adapter: None
) -> None:
    assert code_of(_connect(api_for(borrower))) == (403, "auth.proof_required")
    borrower.refresh_from_db()
    assert borrower.iin is None


def test_a_text_for_one_purpose_is_worth_nothing_for_the_other(mine: Any, owner: User) -> None:
    body = signed(mine.call("post", "/me/eds/challenge/", {}).json())
    mine.cookies.pop("sessionid")
    assert code_of(mine.call("post", "/auth/eds/", body)) == (409, "auth.eds_challenge_gone")
    session_only = ApiClient()
    text = ask(session_only)
    session_only.force_login(owner)
    prove(session_only)
    assert code_of(session_only.call("post", "/me/eds/", signed(text))) == (409, "auth.eds_challenge_gone")


def test_a_new_iin_is_not_proved_any_more(owner: User) -> None:
    services.set_identity(actor=actor_for(owner), user_id=owner.pk, full_name="Досымов", iin=OTHER_IIN)
    owner.refresh_from_db()
    assert (owner.iin, owner.iin_confirmed_at) == (OTHER_IIN, None)
