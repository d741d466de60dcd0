"""Lists of revoked certificates, complete and delta."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from kzsign import Verdict, certificates, crl
from kzsign.crl import CrlError
from kzsign.testing import (
    Authority,
    Revocation,
    der,
    extensions,
)
from kzsign.testing import crl as make_crl
from kzsign.tests.revoking import CEASED, COMPROMISED, DAY, ON_HOLD, Case


def _lists(case: Case, *lists: bytes) -> tuple[Verdict, str]:
    report = case.judged(lists=lists)
    return report.verdict, report.signers[0].revocation.status


def test_a_list_settles(case: Case, authority: Authority) -> None:
    serial = case.person.serial
    assert _lists(case, make_crl(authority.issuing, at=case.at)) == (Verdict.VALID, "good")
    crowd = {number: Revocation(case.at - DAY) for number in range(1, 300)}
    assert _lists(case, make_crl(authority.issuing, crowd, at=case.at)) == (Verdict.VALID, "good")
    crowd[serial] = Revocation(case.at - DAY, COMPROMISED)
    assert _lists(case, make_crl(authority.issuing, crowd, at=case.at)) == (Verdict.INVALID, "revoked")


def test_an_authority_that_knows_no_next_time_writes_the_end_of_the_calendar(
    case: Case, authority: Authority
) -> None:
    never = datetime(9999, 12, 31, 23, 59, 59, tzinfo=timezone.utc)
    listed = make_crl(authority.issuing, at=case.at, next_update=never)
    assert _lists(case, listed) == (Verdict.VALID, "good")
    assert case.judged(case.answer(next_update=never)).verdict is Verdict.VALID
    assert case.judged(case.answer(this_update=never)).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("delta", "expected"),
    [
        ({}, Verdict.INVALID),
        ({"reason": 8}, Verdict.VALID),
        ({"reason": 8, "number": 3}, Verdict.INVALID),
        ({"reason": 8, "base": 4}, Verdict.INVALID),
        ({"reason": 8, "late": -2}, Verdict.INVALID),
    ],
    ids=["unchanged", "taken-back", "older-number", "of-a-later-list", "older-time"],
)
def test_a_delta_list_takes_back_what_was_on_hold(
    case: Case, authority: Authority, delta: dict[str, int], expected: Verdict
) -> None:
    serial = case.person.serial
    full = make_crl(
        authority.issuing, {serial: Revocation(case.at - 3 * DAY, ON_HOLD)}, number=3, at=case.at - DAY
    )
    entries = {serial: Revocation(case.at - DAY, delta["reason"])} if "reason" in delta else {}
    change = make_crl(
        authority.issuing,
        entries,
        number=delta.get("number", 5),
        base=delta.get("base", 3),
        at=case.at + timedelta(days=delta.get("late", 0)),
    )
    assert _lists(case, full, change)[0] is expected


def test_a_delta_list_adds_and_alone_says_nothing(case: Case, authority: Authority) -> None:
    full = make_crl(authority.issuing, number=3, at=case.at - timedelta(hours=5))
    added = {case.person.serial: Revocation(case.at - timedelta(hours=1), CEASED)}
    change = make_crl(authority.issuing, added, number=4, base=3, at=case.at)
    assert _lists(case, full)[0] is Verdict.VALID
    assert _lists(case, full, change) == (Verdict.INVALID, "revoked")
    assert _lists(case, make_crl(authority.issuing, number=4, base=3, at=case.at)) == (
        Verdict.UNKNOWN,
        "unknown",
    )


def test_lists_that_do_not_count(case: Case, authority: Authority) -> None:
    def say(**knobs: object) -> tuple[Verdict, str]:
        return _lists(case, make_crl(authority.issuing, at=case.at, **knobs))  # type: ignore[arg-type]

    nothing = (Verdict.UNKNOWN, "unknown")
    assert say(key=authority.new_key()) == nothing
    assert say(extra=[extensions.extension("1.2.3.4", der.NULL, is_critical=True)]) == nothing
    assert _lists(case, make_crl(authority.root, at=case.at)) == nothing
    assert _lists(case, make_crl(authority.look_alike().issuing, at=case.at)) == nothing
    old = make_crl(authority.issuing, at=case.at - 3 * DAY, next_update=case.at - DAY)
    assert _lists(case, old) == nothing
    assert _lists(case, b"\x30\x00", b"\x05\x00") == nothing


@pytest.mark.parametrize(
    ("flag", "expected"),
    [
        (1, Verdict.VALID),
        (2, Verdict.UNKNOWN),
        (4, Verdict.UNKNOWN),
        (5, Verdict.UNKNOWN),
        (3, Verdict.UNKNOWN),
    ],
    ids=["users", "authorities", "indirect", "attributes", "some-reasons"],
)
def test_the_scope_of_a_list_is_kept(case: Case, authority: Authority, flag: int, expected: Verdict) -> None:
    value = der.implicit(3, b"\x06\x40") if flag == 3 else der.implicit(flag, b"\xff")
    point = extensions.extension("2.5.29.28", der.sequence(value), is_critical=True)
    assert _lists(case, make_crl(authority.issuing, at=case.at, extra=[point]))[0] is expected


def test_a_list_of_another_distribution_point_says_nothing(case: Case, authority: Authority) -> None:
    def point(address: str) -> bytes:
        names = der.explicit(0, der.explicit(0, der.implicit(6, address.encode())))
        return extensions.extension("2.5.29.28", der.sequence(names), is_critical=True)

    (own,) = certificates.read(case.person.certificate).extensions.crl_addresses
    for address, expected in ((own, Verdict.VALID), ("http://elsewhere.invalid/x.crl", Verdict.UNKNOWN)):
        found = make_crl(authority.issuing, at=case.at, extra=[point(address)])
        assert _lists(case, found)[0] is expected


def test_the_octets_of_a_number_inside_of_another_entry_are_no_entry(
    case: Case, authority: Authority
) -> None:
    """The serial wanted stands as content of an extension of another entry."""
    wanted = 0x1234567890
    hidden = der.sequence(extensions.extension("1.2.3.4", der.integer(wanted)))
    entry = der.sequence(der.integer(7), der.time(case.at), hidden)
    moment = der.time(case.at)
    key = authority.issuing.key
    body = der.sequence(
        der.integer(1),
        key.signature_algorithm,
        authority.issuing.subject,
        moment,
        moment,
        der.sequence(entry),
    )
    found = crl.read(der.sequence(body, key.signature_algorithm, der.bits(key.sign(body))))
    found.check(certificates.read(authority.issuing.certificate))
    assert found.find(wanted) is None
    assert found.find(7) == crl.Entry(7, case.at, None)


def test_a_list_that_was_cut_or_changed_is_refused(case: Case, authority: Authority) -> None:
    data = make_crl(authority.issuing, {5: Revocation(case.at)}, at=case.at)
    issuer = certificates.read(authority.issuing.certificate)
    crl.read(data).check(issuer)
    for place in range(0, len(data), 11):
        changed = data[:place] + bytes((data[place] ^ 1,)) + data[place + 1 :]
        with pytest.raises(CrlError):
            crl.read(changed).check(issuer)
        with pytest.raises(CrlError):
            crl.read(data[:place])


def test_a_large_list_is_searched_where_it_lies(case: Case, authority: Authority) -> None:
    import tracemalloc

    entries = {(number << 100) + 7: Revocation(case.at) for number in range(1, 20_000)}
    data = make_crl(authority.issuing, entries, at=case.at)
    tracemalloc.start()
    found = crl.read(data)
    found.check(certificates.read(authority.issuing.certificate))
    hit, miss = found.find((777 << 100) + 7), found.find(3)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert hit is not None
    assert miss is None
    assert peak < 3 << 20, "hashed in pieces of a megabyte, entries stay octets"


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        (ON_HOLD, Verdict.VALID),
        (COMPROMISED, Verdict.INVALID),
        (CEASED, Verdict.INVALID),
        (None, Verdict.INVALID),
    ],
)
def test_a_delta_list_takes_back_a_hold_alone(
    case: Case, authority: Authority, reason: int | None, expected: Verdict
) -> None:
    serial, issuer = case.person.serial, authority.issuing
    held = make_crl(issuer, {serial: Revocation(case.at - DAY, reason)}, number=3, at=case.at - DAY / 2)
    taken_back = make_crl(issuer, {serial: Revocation(case.at, 8)}, number=4, base=3, at=case.at)
    assert _lists(case, held, taken_back)[0] is expected
