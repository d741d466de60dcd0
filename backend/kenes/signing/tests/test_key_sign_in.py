"""Sign-in by ЭЦП with real signatures: judged by the same steps as a document, over exactly the text of this browser."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from conftest import ApiClient
from kenes.accounts.models import User
from kenes.accounts.testing import prove
from kenes.foundation import clock
from kenes.signing.tests.conftest import Esign
from kenes.signing.tests.factories import make_borrower
from kenes.signing.tests.test_eds_api import IIN, OTHER_IIN, give_iin
from kzsign.testing import Authority, Identity, sign_cms

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(esign: Esign) -> User:
    """A borrower whose ИИН was proved."""
    user = give_iin(make_borrower())
    User.objects.filter(pk=user.pk).update(iin_confirmed_at=clock.now())
    return user


def challenge(client: Any) -> dict[str, Any]:
    answer = client.call("post", "/auth/eds/challenge/", {})
    assert answer.status_code == 200, answer.content
    return answer.json()  # type: ignore[no-any-return]


def answer(
    client: Any, asked: dict[str, Any], *keys: Identity, content: bytes | None = None, **options: Any
) -> Any:
    data = base64.b64decode(asked["data"]) if content is None else content
    cms = sign_cms(data, list(keys), **{"detached": True, "encoding": "pem", **options}).decode()
    return client.call("post", "/auth/eds/", {"id": asked["id"], "cms": cms})


def test_the_screen_offers_it(api: Any, esign: Esign, settings: Any, tmp_path: Any) -> None:
    assert api.call("get", "/session/").json()["sign_in"]["eds"] is True
    settings.KZSIGN_ANCHORS_DIR = tmp_path / "none"
    assert api.call("get", "/session/").json()["sign_in"]["eds"] is False


@pytest.mark.parametrize("attached", [False, True])
@pytest.mark.parametrize("kind", ["signing", "authentication", "rsa", "organisation"])
def test_a_key_of_the_person_signs_in(api: Any, owner: User, esign: Esign, kind: str, attached: bool) -> None:
    authority = esign.authority
    key = {
        "signing": lambda: authority.individual(iin=IIN),
        "authentication": lambda: authority.authentication(iin=IIN),
        "rsa": lambda: authority.individual(iin=IIN, family="rsa"),
        "organisation": lambda: authority.entity(iin=IIN, role="employee"),
    }[kind]()
    done = answer(api, challenge(api), key, detached=not attached)
    assert (done.status_code, done.json().get("authenticated")) == (200, True), done.content
    assert done.json()["user"]["id"] == str(owner.pk)


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [
        ("other_person", 400, "auth.eds_unknown"),
        ("expired", 400, "signing.eds_expired"),
        ("revoked", 400, "signing.eds_revoked"),
        ("look_alike", 400, "signing.eds_untrusted"),
        ("legacy", 400, "signing.eds_legacy"),
        ("system", 400, "signing.eds_no_person"),
    ],
)
def test_no_other_key_does(api: Any, owner: User, esign: Esign, kind: str, status: int, code: str) -> None:
    authority = esign.authority
    key = {
        "other_person": lambda: authority.individual(iin=OTHER_IIN),
        "expired": lambda: authority.expired(iin=IIN),
        "revoked": lambda: authority.revoked(iin=IIN),
        "look_alike": lambda: Authority.make().individual(iin=IIN),
        "legacy": lambda: authority.individual(iin=IIN, family="legacy"),
        "system": lambda: authority.entity(),
    }[kind]()
    refused = answer(api, challenge(api), key)
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert api.call("get", "/session/").json()["authenticated"] is False


def test_another_text_or_two_signers_sign_nobody_in(api: Any, owner: User, esign: Esign) -> None:
    key = esign.authority.individual(iin=IIN)
    other = answer(api, challenge(api), key, content=b"another text")
    assert other.json()["code"] == "signing.eds_other_document"
    attached = answer(api, challenge(api), key, content=b"another text", detached=False)
    assert attached.json()["code"] == "signing.eds_other_document"
    two = answer(api, challenge(api), key, esign.authority.individual(iin=OTHER_IIN))
    assert two.json()["code"] == "signing.eds_several_signers"
    assert api.call("get", "/session/").json()["authenticated"] is False


def test_a_silent_authority_signs_nobody_in(api: Any, owner: User, esign: Esign) -> None:
    esign.sandbox.switch(ocsp="down", crl="down")
    refused = answer(api, challenge(api), esign.authority.authentication(iin=IIN))
    assert (refused.status_code, refused.json()["code"]) == (503, "signing.eds_authority_silent")


def test_a_signature_for_one_browser_is_worth_nothing_in_another(owner: User, esign: Esign) -> None:
    victim, thief = ApiClient(), ApiClient()
    asked = challenge(victim)
    challenge(thief)
    stolen = answer(thief, asked, esign.authority.individual(iin=IIN))
    assert stolen.json()["code"] == "auth.eds_challenge_gone"


def test_a_person_proves_the_own_iin_and_signs_in_by_the_key(api_for: Any, esign: Esign) -> None:
    user = make_borrower()
    User.objects.filter(pk=user.pk).update(full_name="")
    client = api_for(user)
    prove(client)
    asked = client.call("post", "/me/eds/challenge/", {}).json()
    key = esign.authority.individual(iin=IIN, name="ДОСЫМОВ КАЙРАТ", patronymic="АНУАРОВИЧ")
    cms = sign_cms(base64.b64decode(asked["data"]), key, detached=True, encoding="pem").decode()
    done = client.call("post", "/me/eds/", {"id": asked["id"], "cms": cms})
    assert done.status_code == 200, done.content
    assert (done.json()["iin_confirmed"], done.json()["full_name"]) == (True, "Досымов Кайрат Ануарович")
    other = ApiClient()
    assert answer(other, challenge(other), key).status_code == 200


@pytest.mark.parametrize(("confirmed", "status"), [(True, 200), (False, 409)])
def test_who_is_known_by_an_e_mail_alone_proves_the_own_iin_too(
    api_for: Any, esign: Esign, confirmed: bool, status: int
) -> None:
    user = make_borrower()
    User.objects.filter(pk=user.pk).update(
        phone=None,
        phone_hash=None,
        phone_verified_at=None,
        email="officer@bank.example",
        email_verified_at=clock.now() if confirmed else None,
    )
    client = api_for(user)
    prove(client)
    asked = client.call("post", "/me/eds/challenge/", {}).json()
    cms = sign_cms(base64.b64decode(asked["data"]), esign.authority.individual(iin=IIN), detached=True)
    said = {"id": asked["id"], "cms": base64.b64encode(cms).decode()}
    done = client.call("post", "/me/eds/", said)
    assert done.status_code == status, done.content
    user.refresh_from_db()
    assert (user.iin_confirmed_at is not None) is confirmed
