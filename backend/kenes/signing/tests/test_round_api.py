"""The API of rounds: shapes, who sees what, the number of queries, bad input, letters."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kenes.accounts.models import Role, User
from kenes.accounts.selectors import actor_for
from kenes.cases.models import PartyRole
from kenes.event_log.models import EventRow
from kenes.files.models import StoredFile
from kenes.files.testing import a_png
from kenes.foundation import clock
from kenes.messaging.models import Message
from kenes.outbox.testing import run_outbox
from kenes.signing.models import Signature, SignatureRequest, SigningRound
from kenes.signing.services import answers, papers, reminders
from kenes.signing.tests.factories import make_borrower, make_person
from kenes.signing.tests.rounds import (
    Scene,
    give_power,
    join,
    make_scene,
    sign_by_sms,
    start,
    two_in_order,
    wish,
)

pytestmark = pytest.mark.django_db(transaction=True)
ApiFor = Callable[[Any], Any]


@pytest.fixture
def scene() -> Scene:
    return make_scene()


def _path(scene: Scene, tail: str = "") -> str:
    return f"/documents/{scene.document.pk}/signing/{tail}"


def _body(*people: User, **more: Any) -> dict[str, Any]:
    return {
        "is_ordered": True,
        "signers": [
            {"person_id": str(one.pk), "role": "signer", "position": place, "expires_in_days": 7}
            for place, one in enumerate(people, 1)
        ],
        **more,
    }


def _confirm(client: Any, scene: Scene, person: User) -> Any:
    path = f"/signature-requests/{scene.request(person).pk}"
    sha = {"document_sha256": scene.document.sha256}
    assert client.call("get", f"/documents/{scene.document.pk}/").status_code == 200
    assert client.call("post", f"{path}/shown/", sha).status_code == 200
    sent = client.call("post", f"{path}/send-code/", sha)
    if sent.status_code != 200:
        return sent
    message = Message.objects.filter(person_id=person.pk, kind="signature").latest("created_at")
    digits = re.findall(r"\b\d{6}\b", message.body["text"])[0]
    return client.call("post", f"{path}/confirm/", {"code": digits})


def test_from_choosing_to_the_last_signature(api_for: ApiFor, scene: Scene) -> None:
    manager, first, second = (api_for(one) for one in (scene.manager, scene.borrower, scene.co_borrower))
    empty = manager.call("get", _path(scene)).json()
    assert (empty["id"], empty["status"], empty["signers"]) == (None, None, [])
    assert empty["allowed_actions"] == ["start"]
    named = {one["person"]["id"]: one for one in empty["candidates"]}
    assert named[str(scene.borrower.pk)]["party_role"] == "borrower"
    assert named[str(scene.co_borrower.pk)]["roles"] == ["signer", "approver", "copy"]
    assert named[str(scene.manager.pk)]["roles"] == ["approver", "copy"]

    started = manager.call("post", _path(scene), _body(scene.borrower, scene.co_borrower))

    assert started.status_code == 201, started.content
    body = started.json()
    assert (body["status"], body["is_ordered"], body["allowed_actions"]) == (
        "open",
        True,
        ["replace", "cancel"],
    )
    assert [(one["is_turn"], one["status"], one["is_me"]) for one in body["signers"]] == [
        (True, "pending", False),
        (False, "pending", False),
    ]
    assert body["document"]["sha256"] == scene.document.sha256
    seen = first.call("get", _path(scene)).json()
    assert seen["signers"][0]["allowed_actions"] == ["sign", "decline", "delegate"]
    assert (seen["allowed_actions"], seen["signers"][1]["allowed_actions"]) == ([], [])

    early = _confirm(second, scene, scene.co_borrower)
    assert (early.status_code, early.json()["code"]) == (409, "signing.not_your_turn")
    assert _confirm(first, scene, scene.borrower).json()["status"] == "signed"
    waiting = second.call("get", "/signature-requests/").json()["items"]
    assert [(one["is_turn"], one["document"]["number"]) for one in waiting] == [(True, scene.document.number)]
    last = _confirm(second, scene, scene.co_borrower).json()

    assert last["status"] == "signed"
    assert "/verify/" in last["verify_url"]
    done = manager.call("get", _path(scene)).json()
    assert done["status"] == "completed"
    assert [one["method"] for one in done["signers"]] == ["sms", "sms"]
    assert second.call("get", "/signature-requests/").json()["items"] == []
    assert len(second.call("get", "/signature-requests/?state=done").json()["items"]) == 1


def test_strangers_see_nothing_of_a_round(api_for: ApiFor, scene: Scene) -> None:
    signing = two_in_order(scene)
    request_id = scene.request(scene.borrower).pk
    person = {"person_id": str(scene.borrower.pk)}
    for stranger in (make_borrower(), make_person(role=Role.MANAGER), make_person(role=Role.ADMIN)):
        client = api_for(stranger)
        answers = [
            client.call("get", _path(scene)),
            client.call("post", _path(scene), _body(scene.borrower)),
            client.call("post", _path(scene, "replace/"), _body(scene.borrower)),
            client.call("post", _path(scene, "cancel/"), {}),
        ]
        for tail, body in (
            ("approve/", {}), ("delegate/", person), ("cancel/", {}), ("remind/", {}), ("paper/confirm/", {}),
            ("paper/refuse/", {"reason": "x"}),
        ):  # fmt: skip
            answers.append(client.call("post", f"/signature-requests/{request_id}/{tail}", body))
        file = SimpleUploadedFile("a.pdf", b"%PDF-1.4", content_type="application/pdf")
        answers.append(client.post(f"/api/v1/signature-requests/{request_id}/paper/", {"file": file}))
        assert {one.status_code for one in answers} <= {403, 404}, [one.status_code for one in answers]
        assert client.call("get", "/signature-requests/").json()["items"] == []
    signing.refresh_from_db()
    assert (signing.status, SignatureRequest.objects.count()) == ("open", 2)
    assert not StoredFile.objects.filter(owner_kind="signed_paper").exists()


def test_a_signer_sees_no_address_or_code_of_another(api_for: ApiFor, scene: Scene) -> None:
    two_in_order(scene)
    sign_by_sms(scene.borrower, scene.request(scene.borrower))
    other = api_for(scene.co_borrower)

    text = other.call("get", _path(scene)).content.decode()

    for secret in (scene.borrower.phone, scene.borrower.phone[-4:], "203.0.113.7", "code"):
        assert secret not in text
    assert other.call("get", f"/signature-requests/{scene.request(scene.borrower).pk}/").status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"signers": []},
        {"signers": "x"},
        {"signers": [{"person_id": "x"}]},
        {"signers": [{"person_id": str(uuid.uuid4()), "role": "king"}]},
        {"signers": [{"person_id": str(uuid.uuid4()), "position": 10**30}]},
        {"signers": [{"person_id": str(uuid.uuid4()), "expires_in_days": 0}]},
        {"signers": [{"person_id": str(uuid.uuid4()), "expires_in_days": 91}]},
        {"signers": [{"person_id": str(uuid.uuid4()), "more": 1}]},
        {"signers": [{"person_id": str(uuid.uuid4())}] * 21},
        {"is_ordered": "\u0000", "signers": [{"person_id": str(uuid.uuid4())}]},
        {"signers": [{"person_id": str(uuid.uuid4())}]},
    ],
)
def test_bad_rounds_are_field_errors(api_for: ApiFor, scene: Scene, body: dict[str, Any]) -> None:
    answer = api_for(scene.manager).call("post", _path(scene), body)
    assert (answer.status_code, answer.json()["code"]) == (400, "validation"), answer.content
    assert not SigningRound.objects.exists()


@pytest.mark.parametrize("query", ["?state=x", "?limit=0", "?cursor=%00", "?more=1", "?cursor=abc"])
def test_bad_queries_are_field_errors(api_for: ApiFor, scene: Scene, query: str) -> None:
    answer = api_for(scene.borrower).call("get", f"/signature-requests/{query}")
    assert answer.status_code == 400, answer.content


def test_delegating_and_declining_over_the_api(api_for: ApiFor, scene: Scene) -> None:
    power = give_power(scene.borrower)
    two_in_order(scene)
    client = api_for(scene.borrower)
    own = scene.request(scene.borrower)
    offered = client.call("get", "/signature-requests/representatives/").json()["items"]
    assert offered == [{"id": str(power.representative_id), "name": "Сейтова Дана"}]

    wrong = client.call(
        "post", f"/signature-requests/{own.pk}/delegate/", {"person_id": str(scene.manager.pk)}
    )
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (400, "/person_id")
    given = client.call(
        "post", f"/signature-requests/{own.pk}/delegate/", {"person_id": str(power.representative_id)}
    )
    assert (given.status_code, given.json()["status"]) == (200, "delegated")

    representative = api_for(power.representative)
    row = representative.call("get", "/signature-requests/").json()["items"][0]
    assert row["principal"]["id"] == str(scene.borrower.pk)
    seen = representative.call("get", _path(scene)).json()
    assert seen["signers"][0]["delegated_by"]["id"] == str(scene.borrower.pk)
    declined = representative.call(
        "post", f"/signature-requests/{row['id']}/decline/", {"reason": "Нет времени"}
    )
    assert declined.json()["status"] == "declined"
    assert client.call("get", _path(scene)).json()["status"] == "declined"


def test_a_paper_over_the_api(api_for: ApiFor, scene: Scene) -> None:
    start(scene, wish(scene.borrower))
    path = f"/signature-requests/{scene.request(scene.borrower).pk}"
    client, manager = api_for(scene.borrower), api_for(scene.manager)
    client.cookies["csrftoken"] = "a" * 32
    file = SimpleUploadedFile("a.png", a_png(), content_type="image/png")
    handed = client.post(f"/api/v1{path}/paper/", {"file": file}, HTTP_X_CSRFTOKEN="a" * 32)
    assert (handed.status_code, handed.json()["status"]) == (200, "on_check"), handed.content
    shown = manager.call("get", _path(scene)).json()["signers"][0]
    assert {"confirm_paper", "refuse_paper"} <= set(shown["allowed_actions"])
    assert shown["paper"]["status"] == "waiting"

    blank = manager.call("post", f"{path}/paper/refuse/", {"reason": " "})
    assert blank.status_code == 400
    refused = manager.call("post", f"{path}/paper/refuse/", {"reason": "Не видно"})

    assert refused.json()["signers"][0]["paper"]["reason"] == "Не видно"
    again = manager.call("post", f"{path}/paper/confirm/", {})
    assert (again.status_code, again.json()["code"]) == (404, "signing.paper_not_found")
    assert not Signature.objects.exists()


def test_reading_a_round_takes_the_same_queries_for_any_number_of_people(
    api_for: ApiFor, scene: Scene, django_assert_max_num_queries: Any
) -> None:
    people = [join(scene.document, PartyRole.GUARANTOR, f"Ким {n}") for n in range(12)]
    start(scene, wish(scene.borrower), *[wish(one) for one in people])
    manager, signer = api_for(scene.manager), api_for(people[0])
    with django_assert_max_num_queries(24):
        assert len(manager.call("get", _path(scene)).json()["signers"]) == 13
    with django_assert_max_num_queries(20):
        assert len(signer.call("get", _path(scene)).json()["signers"]) == 13
    with django_assert_max_num_queries(10):
        assert signer.call("get", "/signature-requests/").json()["items"]


def test_each_is_written_to_once_when_his_turn_comes_and_twice_before_the_end(scene: Scene) -> None:
    for person in (scene.borrower, scene.co_borrower):
        person.email = f"{person.pk}@example.kz"
        person.save(update_fields=["email"])
    # Noon in Almaty: no hours of quiet.
    noon = clock.now().replace(hour=7, minute=0)
    with clock.frozen(noon):
        start(
            scene, wish(scene.borrower, days=7), wish(scene.co_borrower, position=2, days=30), is_ordered=True
        )
        run_outbox()
        run_outbox()
    assert [row.person_id for row in Message.objects.filter(kind="signing")] == [scene.borrower.pk]

    for days, wanted in ((1, 0), (4, 1), (4.1, 0), (6, 1), (6.2, 0)):
        with clock.frozen(noon + timedelta(days=days, minutes=1)):
            assert reminders.remind_due() == wanted, days
            run_outbox()
    letters = list(Message.objects.filter(kind="signing").order_by("created_at"))
    assert len(letters) == 3
    assert {row.person_id for row in letters} == {scene.borrower.pk}
    text = letters[-1].body["text"]
    assert scene.document.number in text
    assert "Досымов" not in text
    assert EventRow.objects.filter(type="signature.reminded").count() == 2


def test_at_night_a_letter_waits_for_the_morning(scene: Scene) -> None:
    scene.borrower.email = "night@example.kz"
    scene.borrower.save(update_fields=["email"])
    night = clock.now().replace(hour=19, minute=30) + timedelta(days=1)
    with clock.frozen(night):
        start(scene, wish(scene.borrower))
        run_outbox()
        assert not Message.objects.filter(kind="signing").exists()
    with clock.frozen(night + timedelta(hours=8)):
        run_outbox()
    assert Message.objects.filter(kind="signing").count() == 1


def test_who_has_no_email_gets_one_sms_with_the_number_alone(scene: Scene) -> None:
    with clock.frozen(clock.now().replace(hour=7, minute=0)):
        start(scene, wish(scene.borrower))
        run_outbox()
    message = Message.objects.get(kind="signing")
    assert message.channel == "sms"
    assert scene.document.number in message.body["text"]


def test_everybody_hears_how_it_ended(scene: Scene) -> None:
    for person in (scene.borrower, scene.co_borrower, scene.manager):
        person.email = f"{person.pk}@example.kz"
        person.save(update_fields=["email"])
    with clock.frozen(clock.now().replace(hour=7, minute=0)):
        start(scene, wish(scene.borrower), wish(scene.co_borrower, "copy"))
        sign_by_sms(scene.borrower, scene.request(scene.borrower))
        ended = EventRow.objects.get(type="signature.round_ended")
        assert ended.data["outcome"] == "completed"
        run_outbox()
    told = Message.objects.filter(kind="signing", key__contains=str(ended.pk))
    assert {row.person_id for row in told} == {scene.borrower.pk, scene.co_borrower.pk, scene.manager.pk}


def test_who_is_asked_to_sign_reads_the_document_and_nothing_beside_it(api_for: ApiFor, scene: Scene) -> None:
    path = f"/documents/{scene.document.pk}/"
    client = api_for(scene.co_borrower)
    assert client.call("get", path).status_code == 404
    two_in_order(scene)

    shown = client.call("get", path)

    assert shown.status_code == 200
    body = shown.json()
    assert (body["allowed_actions"], body["dispatch"], body["reason"]) == (["download_pdf"], None, "")
    assert client.call("get", f"{path}file/?format=pdf").status_code == 200
    for hidden in ("file/?format=docx", "package/", "package/file/", "versions/"):
        assert client.call("get", f"{path}{hidden}").status_code in (403, 404), hidden
    assert client.call("get", f"/cases/{scene.case.pk}/documents/").status_code in (200, 404)
    assert (
        str(scene.document.pk)
        not in client.call("get", f"/cases/{scene.case.pk}/documents/").content.decode()
    )


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_the_history_of_the_case_tells_the_whole_story(api_for: ApiFor, scene: Scene, language: str) -> None:
    power = give_power(scene.borrower)
    two_in_order(scene)
    given = answers.delegate(
        actor=actor_for(scene.borrower),
        request_id=scene.request(scene.borrower).pk,
        person_id=power.representative_id,
    )
    sign_by_sms(power.representative, given)
    other = actor_for(scene.co_borrower)
    papers.hand_in(actor=other, request_id=scene.request(scene.co_borrower).pk, data=a_png(), name="a.png")
    papers.refuse(
        actor=actor_for(scene.manager),
        request_id=scene.request(scene.co_borrower).pk,
        reason="Не видно подписи",
    )
    sign_by_sms(scene.co_borrower, scene.request(scene.co_borrower))

    answer = api_for(scene.manager).call(
        "get", f"/cases/{scene.case.pk}/timeline/?limit=50", accept_language=language
    )

    assert answer.status_code == 200, answer.content
    items = [one for one in answer.json()["items"] if one["kind"] == "signature"]
    told = " ".join(f"{one['title']} {one['text']}" for one in items)
    assert "Сейтова Дана" in told
    assert "Досымов" in told
    assert "Не видно подписи" in told
    assert scene.document.number in told
    assert scene.borrower.phone not in told
    # Chosen, given to a representative, two signatures, handed in, not accepted, two codes, ended.
    assert len(items) == 9
