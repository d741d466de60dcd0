"""A power that ends while its holder has not signed: the signature goes back to the principal, and no further."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from kenes.accounts import powers as accounts_powers
from kenes.accounts.models import PowerOfAttorney, User
from kenes.accounts.selectors import actor_for
from kenes.event_log.models import EventRow
from kenes.foundation import clock
from kenes.signing import selectors
from kenes.signing.errors import SignatureRequestClosed
from kenes.signing.models import Signature, SignatureRequest
from kenes.signing.services import answers, confirmation, powers, rounds
from kenes.signing.states import RequestStatus, RoundStatus
from kenes.signing.tests.factories import ORIGIN, last_code, send_code, show
from kenes.signing.tests.rounds import Scene, give_power, make_scene, sign_by_sms, start, wish

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scene() -> Scene:
    return make_scene()


def _delegated(scene: Scene) -> tuple[PowerOfAttorney, SignatureRequest]:
    """The borrower has given his signature to a representative, in an ordered round with the co-borrower after him."""
    power = give_power(scene.borrower)
    start(scene, wish(scene.borrower), wish(scene.co_borrower, position=2), is_ordered=True)
    own = scene.request(scene.borrower)
    given = answers.delegate(
        actor=actor_for(scene.borrower), request_id=own.pk, person_id=power.representative_id
    )
    return power, given


def _run_out(power: PowerOfAttorney) -> None:
    PowerOfAttorney.objects.filter(pk=power.pk).update(valid_until=clock.today() - timedelta(days=1))


def test_a_power_taken_back_gives_the_signature_back(scene: Scene, run_outbox: Callable[[], int]) -> None:
    power, given = _delegated(scene)
    representative = actor_for(User.objects.get(pk=power.representative_id))
    show(representative, given)
    send_code(representative, given)
    digits = last_code(User.objects.get(pk=power.representative_id))

    accounts_powers.revoke(actor=actor_for(scene.borrower), power_id=power.pk)
    run_outbox()

    given.refresh_from_db()
    assert given.status == RequestStatus.FAILED
    with pytest.raises(SignatureRequestClosed):
        confirmation.confirm_signature(
            actor=representative, request_id=given.pk, digits=digits, origin=ORIGIN
        )
    assert not Signature.objects.exists()
    mine = scene.request(scene.borrower)
    assert (mine.status, mine.position, mine.principal_id, mine.party_role) == (
        RequestStatus.PENDING, 1, None, "borrower",
    )  # fmt: skip
    assert mine.text_shown_at is None
    # He is told, and the order stands.
    asked = EventRow.objects.filter(type="signature.asked", data__request_id=str(mine.pk))
    assert asked.count() == 1
    sign_by_sms(scene.borrower, mine)
    sign_by_sms(scene.co_borrower, scene.request(scene.co_borrower))
    made = selectors.signatures_of(scene.document.pk)
    assert [(one.signer_id, one.principal_id) for one in made] == [
        (scene.borrower.pk, None),
        (scene.co_borrower.pk, None),
    ]


def test_a_power_that_ran_out_gives_it_back_once(scene: Scene) -> None:
    power, given = _delegated(scene)
    assert powers.give_back_ended() == powers.give_back(power_id=power.pk) == 0
    _run_out(power)
    assert powers.give_back_ended() == 1
    assert powers.give_back_ended() == powers.give_back(power_id=power.pk) == 0
    given.refresh_from_db()
    assert given.status == RequestStatus.FAILED
    assert SignatureRequest.objects.filter(signer=scene.borrower, status=RequestStatus.PENDING).count() == 1


def test_what_was_signed_by_power_stays_signed(scene: Scene) -> None:
    power, given = _delegated(scene)
    sign_by_sms(User.objects.get(pk=power.representative_id), given)
    _run_out(power)
    assert powers.give_back_ended() == 0
    given.refresh_from_db()
    assert given.status == RequestStatus.SIGNED
    assert not SignatureRequest.objects.filter(signer=scene.borrower, status=RequestStatus.PENDING).exists()


def test_nothing_comes_back_from_a_round_that_ended(scene: Scene) -> None:
    power, given = _delegated(scene)
    rounds.cancel_round(actor=actor_for(scene.manager), document_id=scene.document.pk)
    _run_out(power)
    assert powers.give_back(power_id=power.pk) == powers.give_back_ended() == 0
    given.refresh_from_db()
    assert given.status == RequestStatus.CANCELLED
    assert given.round is not None
    assert given.round.status == RoundStatus.CANCELLED


def test_whom_the_manager_named_is_not_replaced_by_the_principal(scene: Scene) -> None:
    power = give_power(scene.borrower)
    start(scene, wish(User.objects.get(pk=power.representative_id)), wish(scene.co_borrower))
    _run_out(power)
    assert powers.give_back_ended() == powers.give_back(power_id=power.pk) == 0
    assert not SignatureRequest.objects.filter(signer=scene.borrower).exists()
