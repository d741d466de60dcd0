"""Each signer says how the public verification page names him; nobody else does, and nothing else of it changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from kenes.accounts.models import Role, User
from kenes.accounts.selectors import actor_for
from kenes.documents.errors import DocumentNotFound
from kenes.event_log.models import EventRow
from kenes.files import services as files
from kenes.foundation.errors import Forbidden
from kenes.foundation.personal_data import Subject
from kenes.signing import personal_data, round_selectors, verification
from kenes.signing.errors import NotPublicYet
from kenes.signing.models import PublicName, Signature, VerificationRecord
from kenes.signing.services import seals
from kenes.signing.services.public_names import choose_public_name
from kenes.signing.tests.factories import make_borrower, make_document, make_person, sign
from kenes.signing.tests.rounds import Scene, give_power, make_scene, sign_by_sms, start, two_in_order, wish

pytestmark = pytest.mark.django_db(transaction=True)
ApiFor = Callable[[Any], Any]
BORROWER, CO_BORROWER = "Досымов Кайрат Ануарович", "Досымова Алия"


@pytest.fixture
def scene() -> Scene:
    """A letter that borrower and co-borrower have signed."""
    made = make_scene()
    two_in_order(made)
    for person in (made.borrower, made.co_borrower):
        sign_by_sms(person, made.request(person))
    return made


def _choose(person: User, scene: Scene, shows: PublicName) -> PublicName:
    return choose_public_name(actor=actor_for(person), document_id=scene.document.pk, shows=shows)


def _names() -> list[tuple[str, str]]:
    found = verification.verify_token(VerificationRecord.objects.get().token)
    assert found.signature == found.signatures[-1]
    return [(one.signer, one.shows) for one in found.signatures]


def _events() -> list[EventRow]:
    return list(EventRow.objects.filter(type="signature.public_name_chosen").order_by("pk"))


def test_by_itself_the_page_shows_surname_and_initials(scene: Scene) -> None:
    assert _names() == [("Досымов К. А.", "short"), ("Досымова А.", "short")]


@pytest.mark.parametrize(("shows", "name"), [("hidden", ""), ("full", BORROWER), ("short", "Досымов К. А.")])
def test_the_page_follows_the_choice_of_each_for_himself(scene: Scene, shows: str, name: str) -> None:
    _choose(scene.co_borrower, scene, PublicName.FULL)
    _choose(scene.borrower, scene, PublicName.FULL)

    assert _choose(scene.borrower, scene, PublicName(shows)) == shows

    assert _names() == [(name, shows), (CO_BORROWER, "full")]


def test_the_check_of_our_own_file_follows_it_too(scene: Scene) -> None:
    seals.seal_document(signature_id=VerificationRecord.objects.get().signature_id)
    _choose(scene.co_borrower, scene, PublicName.HIDDEN)

    assert scene.document.pdf_file is not None
    found = verification.verify_file(files.read(scene.document.pdf_file))

    assert [one.signer for one in found.signatures] == ["Досымов К. А.", ""]
    assert (found.verdict, found.signature and found.signature.signer) == ("valid", "")


def test_one_event_with_ids_and_the_choice_and_none_for_the_same_choice(scene: Scene) -> None:
    _choose(scene.borrower, scene, PublicName.SHORT)
    assert _events() == []

    for _ in range(2):
        _choose(scene.borrower, scene, PublicName.HIDDEN)

    (event,) = _events()
    assert event.data == {
        "case_id": str(scene.document.case_id), "document_id": str(scene.document.pk),
        "signer_id": str(scene.borrower.pk), "shows": "hidden",
    }  # fmt: skip


def test_who_did_not_sign_changes_nothing(scene: Scene) -> None:
    refusals = [(scene.manager, Forbidden), (make_borrower(), DocumentNotFound)]
    for person, refusal in refusals:
        with pytest.raises(refusal):
            _choose(person, scene, PublicName.FULL)
    assert set(Signature.objects.values_list("public_name", flat=True)) == {"short"}
    assert _events() == []


def test_nobody_chooses_on_behalf_of_the_signer(scene: Scene) -> None:
    actor = replace(actor_for(scene.borrower), on_behalf_of=scene.borrower.pk)

    with pytest.raises(Forbidden):
        choose_public_name(actor=actor, document_id=scene.document.pk, shows=PublicName.FULL)

    assert _names()[0] == ("Досымов К. А.", "short")


def test_there_is_no_page_before_everybody_has_signed() -> None:
    scene = make_scene()
    two_in_order(scene)
    sign_by_sms(scene.borrower, scene.request(scene.borrower))

    with pytest.raises(NotPublicYet):
        _choose(scene.borrower, scene, PublicName.HIDDEN)

    assert Signature.objects.get().public_name == "short"
    assert _events() == []


def test_whom_a_representative_signs_for_stays_hidden_where_he_signed_too_and_hides_his_name() -> None:
    scene = make_scene()
    power = give_power(scene.co_borrower)
    start(scene, wish(scene.borrower), wish(scene.co_borrower))
    sign_by_sms(scene.borrower, scene.request(scene.borrower))
    sign_by_sms(scene.co_borrower, scene.request(scene.co_borrower))
    signature = Signature.objects.get(signer=scene.borrower)
    signature.principal, signature.power = scene.co_borrower, power
    made = [signature, Signature.objects.get(signer=scene.co_borrower)]
    assert verification._signature(signature, made).represents == "Досымова А."

    _choose(scene.co_borrower, scene, PublicName.HIDDEN)

    made[1].refresh_from_db()
    assert verification._signature(signature, made).represents == ""


def test_who_reads_no_longer_still_decides_for_his_name(scene: Scene) -> None:
    scene.document.case.parties.all().delete()
    _choose(scene.co_borrower, scene, PublicName.HIDDEN)
    assert _names()[1] == ("", "hidden")


def test_the_account_that_took_another_over_decides_for_its_signatures(scene: Scene) -> None:
    kept = make_person()
    User.objects.filter(pk=scene.borrower.pk).update(merged_into=kept)
    scene.borrower.refresh_from_db()

    _choose(kept, scene, PublicName.HIDDEN)

    assert _names()[0] == ("", "hidden")
    assert _events()[0].data["signer_id"] == str(scene.borrower.pk)


def test_the_copy_tells_the_choice_and_an_erasure_hides_the_name(scene: Scene) -> None:
    subject = Subject(scene.borrower.pk, "", "")
    _choose(scene.borrower, scene, PublicName.FULL)
    assert "'public_name': 'full'" in str(personal_data.copy(subject))

    with transaction.atomic():
        assert personal_data.erase(subject) == 1
        assert personal_data.erase(subject) == 0

    assert _names() == [("", "hidden"), ("Досымова А.", "short")]
    assert Signature.objects.get(signer=scene.borrower).signer_name == BORROWER


def test_the_database_knows_three_choices() -> None:
    borrower = make_borrower()
    sign(borrower, make_document(borrower))
    with pytest.raises(IntegrityError):
        Signature.objects.update(public_name="none")


def test_the_round_tells_a_signer_his_own_choice_alone(api_for: ApiFor, scene: Scene) -> None:
    _choose(scene.borrower, scene, PublicName.HIDDEN)
    path = f"/documents/{scene.document.pk}/signing/"
    seen = {
        person: [one["public_name"] for one in api_for(person).call("get", path).json()["signers"]]
        for person in (scene.borrower, scene.co_borrower, scene.manager)
    }
    assert list(seen.values()) == [["hidden", None], [None, "short"], [None, None]]


def test_while_others_sign_the_round_offers_no_choice() -> None:
    scene = make_scene()
    two_in_order(scene)
    sign_by_sms(scene.borrower, scene.request(scene.borrower))
    seen = round_selectors.round_of_document(actor=actor_for(scene.borrower), document_id=scene.document.pk)
    assert [one.public_name for one in seen.signers] == [None, None]


def test_the_choice_through_the_api_and_its_line_in_the_history(api_for: ApiFor, scene: Scene) -> None:
    client = api_for(scene.borrower)

    answer = client.call("patch", f"/documents/{scene.document.pk}/public-name/", {"shows": "hidden"})

    assert (answer.status_code, answer.json()) == (200, {"shows": "hidden"})
    token = VerificationRecord.objects.get().token
    public = Client().get(f"/api/v1/verify/{token}/").json()["signatures"]
    assert [(one["signer"], one["shows"], one["party_role"]) for one in public] == [
        ("", "hidden", "borrower"),
        ("Досымова А.", "short", "co_borrower"),
    ]
    told = client.call("get", f"/cases/{scene.document.case_id}/timeline/?limit=100").json()["items"]
    assert [one["text"] for one in told if one["title"] == "Имя на странице проверки"] == [
        f"Документ {scene.document.number}: подписавший не показывает имя на странице проверки."
    ]


def test_strangers_find_no_document_and_readers_may_not(api_for: ApiFor, scene: Scene) -> None:
    path = f"/documents/{scene.document.pk}/public-name/"
    people = [
        (make_borrower(), 404),
        (make_person(role=Role.ADMIN), 404),
        (make_person(role=Role.MANAGER), 404),
        (scene.manager, 403),
    ]
    for person, status in people:
        answer = api_for(person).call("patch", path, {"shows": "full"})
        assert answer.status_code == status, (person, answer.content)
    guest = Client().patch(f"/api/v1{path}", {"shows": "full"}, content_type="application/json")
    assert guest.status_code == 401
    nowhere = "/documents/00000000-0000-7000-8000-000000000000/public-name/"
    assert api_for(scene.borrower).call("patch", nowhere, {"shows": "full"}).status_code == 404
    assert set(Signature.objects.values_list("public_name", flat=True)) == {"short"}


@pytest.mark.parametrize(
    "body", [{}, {"shows": None}, {"shows": "all"}, {"shows": ["full"]}, {"shows": "full\0"}, {"shows": 1},
             {"shows": "full", "person_id": "1"}],
)  # fmt: skip
def test_a_choice_that_does_not_exist_is_refused(api_for: ApiFor, scene: Scene, body: dict[str, Any]) -> None:
    answer = api_for(scene.borrower).call("patch", f"/documents/{scene.document.pk}/public-name/", body)
    assert answer.status_code == 400, answer.content
    assert answer.json()["errors"][0]["pointer"] in {"/shows", "/person_id"}
    assert not _events()


def test_too_early_is_said_in_words(api_for: ApiFor) -> None:
    scene = make_scene()
    two_in_order(scene)
    sign_by_sms(scene.borrower, scene.request(scene.borrower))
    answer = api_for(scene.borrower).call(
        "patch", f"/documents/{scene.document.pk}/public-name/", {"shows": "hidden"}
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "signing.not_public_yet")
    assert answer.json()["title"] == "Подписали ещё не все"
