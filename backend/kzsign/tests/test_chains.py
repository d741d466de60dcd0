"""Chains: who may vouch for whom, at which time."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from kzsign import Trust, Verdict, certificates, chains, verify
from kzsign.asn1 import Asn1Error
from kzsign.chains import Chain
from kzsign.testing import Authority, Identity, der, extensions, sign_cms
from kzsign.testing import identifiers as ids
from kzsign.testing.certificates import COMMON_NAME, COUNTRY, ORGANISATION, issue, name
from kzsign.testing.keys import ForeignKey
from kzsign.tests.judging import failed, step


def _build(leaf: Identity, trust: Trust, at: datetime, *between: Identity) -> Chain:
    read = certificates.read
    return chains.build(read(leaf.certificate), [read(one.certificate) for one in between], trust, at)


@pytest.fixture(scope="module")
def roots(authority: Authority) -> Trust:
    return Trust.of(authority.root.certificate)


def test_an_authority_from_the_signature_leads_to_the_root(
    authority: Authority, roots: Trust, at: datetime
) -> None:
    chain = _build(authority.individual(), roots, at, authority.issuing)
    assert chain.is_trusted
    assert [one.subject.first(COMMON_NAME) for one in chain.path[1:]] == [ids.ISSUING_GOST, ids.ROOT_GOST]
    assert _build(authority.individual(), roots, at).reason == "untrusted"


def test_an_issuing_authority_may_be_the_anchor(authority: Authority, at: datetime) -> None:
    chain = _build(authority.individual(), Trust.of(authority.issuing.certificate), at)
    assert chain.is_trusted
    assert len(chain.path) == 2


def test_an_authority_with_the_same_names_is_not_believed(
    authority: Authority, roots: Trust, at: datetime
) -> None:
    false = authority.look_alike()
    chain = _build(false.individual(), roots, at, false.issuing, false.root)
    assert (chain.result, chain.reason) == ("failed", "untrusted")
    # Nor is the true one disturbed by a false one beside it.
    crowd = [Authority.make(now=authority.now).issuing for _ in range(5)]
    assert _build(authority.individual(), roots, at, *crowd, false.issuing, authority.issuing).is_trusted


def test_a_crowd_of_false_authorities_is_bounded(authority: Authority, roots: Trust, at: datetime) -> None:
    crowd = [authority.look_alike().issuing for _ in range(chains.MAX_SIGNATURE_CHECKS + 5)]
    leaf = authority.look_alike().individual()
    assert _build(leaf, roots, at, *crowd).reason == "untrusted"


@pytest.mark.parametrize("claim", [{}, {"is_ca": False}])
def test_a_persons_certificate_issues_none(
    authority: Authority, roots: Trust, at: datetime, claim: dict[str, bool]
) -> None:
    person = authority.individual()
    below = authority.individual(issuer=person)
    chain = _build(below, roots, at, person, authority.issuing)
    assert (chain.result, chain.reason) == ("failed", "not_a_ca")


def test_an_authority_needs_the_mark_and_the_usage(authority: Authority, roots: Trust, at: datetime) -> None:
    for knobs in (
        {"is_ca": False},
        {"usage": extensions.key_usage(extensions.DIGITAL_SIGNATURE)},
        {"usage": extensions.key_usage(extensions.CRL_SIGN)},
        {"usage": b""},
    ):
        half = authority.intermediate(authority.root, "HALF AN AUTHORITY", **knobs)  # type: ignore[arg-type]
        assert _build(authority.individual(issuer=half), roots, at, half).reason == "not_a_ca", knobs


def test_an_anchor_that_is_no_authority_vouches_for_nobody(authority: Authority, at: datetime) -> None:
    person = authority.individual()
    trust = Trust.of(person.certificate)
    assert _build(authority.individual(issuer=person), trust, at).reason == "not_a_ca"
    assert not _build(person, trust, at).is_trusted


def test_the_path_may_be_as_long_as_allowed(authority: Authority, roots: Trust, at: datetime) -> None:
    def ladder(limit: int | None, steps: int) -> Chain:
        links = [authority.intermediate(authority.root, "STEP 0", path_length=limit)]
        for number in range(1, steps):
            links.append(authority.intermediate(links[-1], f"STEP {number}"))
        return _build(authority.individual(issuer=links[-1]), roots, at, *links)

    assert ladder(0, 1).is_trusted
    assert ladder(0, 2).reason == "path_length"
    assert ladder(1, 2).is_trusted
    assert ladder(1, 3).reason == "path_length"
    assert ladder(None, 4).is_trusted
    assert ladder(None, 12).reason == "untrusted"


def test_name_constraints_are_kept(authority: Authority, roots: Trust, at: datetime) -> None:
    base = name((COUNTRY, "KZ"), (ORGANISATION, "BANK"))
    inside = name((COUNTRY, "KZ"), (ORGANISATION, "Bank"), (COMMON_NAME, "CLERK"))
    outside = name((COUNTRY, "KZ"), (ORGANISATION, "SHOP"), (COMMON_NAME, "CLERK"))

    def chain(subject: bytes, **constraints: list[bytes]) -> Chain:
        between = authority.intermediate(
            authority.root,
            f"CONSTRAINED {sorted(constraints)}",
            extra=[extensions.name_constraints(**constraints)],
        )
        return _build(authority.individual(issuer=between, subject=subject), roots, at, between)

    assert chain(inside, permitted=[base]).is_trusted
    assert chain(outside, permitted=[base]).reason == "name_constraints"
    assert chain(inside, excluded=[base]).reason == "name_constraints"
    assert chain(outside, excluded=[base]).is_trusted


def test_name_constraints_reach_e_mail(authority: Authority, roots: Trust, at: datetime) -> None:
    between = authority.intermediate(authority.root, "MAIL OF ONE HOST", extra=[_permitted(_mail("bank.kz"))])

    def chain(address: str) -> Chain:
        names = extensions.extension("2.5.29.17", der.sequence(_mail(address)))
        return _build(authority.individual(issuer=between, extra=[names]), roots, at, between)

    assert chain("clerk@bank.kz").is_trusted
    for address in ("clerk@shop.kz", "clerk@evil-bank.kz", "clerk@bank.kz.evil.kz", "bank.kz@shop.kz"):
        assert chain(address).reason == "name_constraints", address


def _permitted(tree: bytes) -> bytes:
    value = der.sequence(der.explicit(0, der.sequence(tree)))
    return extensions.extension("2.5.29.30", value, is_critical=True)


def _mail(address: str) -> bytes:
    return der.implicit(1, address.encode())


@pytest.mark.parametrize("where", ["leaf", "authority"])
def test_an_unknown_critical_extension_refuses(
    authority: Authority, roots: Trust, at: datetime, where: str
) -> None:
    for is_critical, expected in ((True, "critical_extension"), (False, "")):
        odd = [extensions.extension("1.2.3.4", der.NULL, is_critical=is_critical)]
        between = authority.intermediate(authority.root, f"ODD {where}", extra=odd if where != "leaf" else ())
        leaf = authority.individual(issuer=between, extra=odd if where == "leaf" else ())
        assert _build(leaf, roots, at, between).reason == expected


def test_validity_is_judged_at_the_time_that_counts(authority: Authority, roots: Trust, at: datetime) -> None:
    leaf = authority.individual(not_before=at - timedelta(days=2), not_after=at + timedelta(days=2))
    for moment, expected in (
        (at, ""),
        (at + timedelta(days=2), ""),
        (at + timedelta(days=2, seconds=1), "expired"),
        (at - timedelta(days=2), ""),
        (at - timedelta(days=2, seconds=1), "not_yet_valid"),
    ):
        assert _build(leaf, roots, moment, authority.issuing).reason == expected


def test_an_authority_that_expired_vouches_no_more(authority: Authority, roots: Trust, at: datetime) -> None:
    between = authority.intermediate(authority.root, "SHORT LIVED", not_after=at)
    leaf = authority.individual(issuer=between)
    assert _build(leaf, roots, at, between).is_trusted
    assert _build(leaf, roots, at + timedelta(seconds=1), between).reason == "issuer_expired"
    late = authority.intermediate(authority.root, "NOT YET", not_before=at + timedelta(days=1))
    assert _build(authority.individual(issuer=late), roots, at, late).reason == "issuer_not_yet_valid"


def test_a_certificate_signed_by_another_key_is_untrusted(
    authority: Authority, roots: Trust, at: datetime
) -> None:
    forged = authority.individual(signing_key=authority.new_key())
    assert _build(forged, roots, at, authority.issuing).reason == "untrusted"


def test_generations_of_one_name_are_told_apart(authority: Authority, at: datetime) -> None:
    """One name, two keys: whichever signed is found, also when the key identifiers say nothing."""
    older = authority.intermediate(authority.root, "ONE NAME")
    newer = authority.intermediate(authority.root, "ONE NAME")
    trust = Trust.of(older.certificate, newer.certificate)
    for issuer in (older, newer):
        chain = _build(authority.individual(issuer=issuer), trust, at)
        assert chain.is_trusted
        assert chain.path[-1].raw == issuer.certificate


def test_a_loop_of_authorities_ends(authority: Authority, roots: Trust, at: datetime) -> None:
    one = authority.intermediate(authority.root, "LOOP")
    two = authority.intermediate(one, "LOOP TWO")
    leaf = authority.individual(issuer=two)
    assert _build(leaf, Trust.of(authority.rsa_root.certificate), at, one, two).reason == "untrusted"


def test_an_authority_signs_no_documents(authority: Authority, trust: Trust, at: datetime) -> None:
    report = verify(sign_cms(b"x", authority.issuing, signing_time=at), trust=trust, at=at)
    assert report.verdict is Verdict.INVALID
    assert ("usage", "authority_certificate") in failed(report)


def _short_key() -> ForeignKey:
    return ForeignKey("rsa", rsa.generate_private_key(public_exponent=65537, key_size=1024))


def test_an_authority_with_a_short_rsa_key_is_refused(authority: Authority, at: datetime) -> None:
    short = issue(
        issuer=None,
        key=_short_key(),
        subject=name((COMMON_NAME, "SHORT ROOT")),
        not_before=at - timedelta(days=9),
        not_after=at + timedelta(days=9),
        parts=(extensions.basic_constraints(), extensions.key_usage(extensions.KEY_CERT_SIGN)),
    )
    chain = _build(authority.individual(family="rsa", issuer=short), Trust.of(short.certificate), at)
    assert (chain.result, chain.reason) == ("failed", "weak_key")


def test_a_short_rsa_key_is_refused(authority: Authority, trust: Trust, at: datetime) -> None:
    person = authority.individual(family="rsa", key=_short_key())
    report = verify(sign_cms(b"x", person, signing_time=at), trust=trust, at=at)
    assert step(report, "signature") == ("failed", "weak_key")
    assert step(report, "chain") == ("failed", "weak_key")


@pytest.mark.parametrize(
    ("attributes", "iin", "bin_"),
    [
        ([("2.5.4.5", "IIN900101300017")], "900101300017", ""),
        ([("2.5.4.5", "IIN900101300017"), ("2.5.4.5", "IIN850505400025")], "", ""),
        ([("2.5.4.5", "900101300017")], "", ""),
        ([("2.5.4.5", "IIN90010130001")], "", ""),
        ([("2.5.4.3", "IIN900101300017")], "", ""),
        ([("2.5.4.5", "BIN990140000018")], "", "990140000018"),
        ([("2.5.4.11", "BIN990140000018"), ("2.5.4.11", "БУХГАЛТЕРИЯ")], "", "990140000018"),
        ([("2.5.4.11", "BIN990140000018"), ("2.5.4.11", "BIN990140000019")], "", ""),
        ([("2.5.4.11", "IIN900101300017")], "", ""),
    ],
)
def test_numbers_are_read_from_their_own_attributes_only(
    authority: Authority, attributes: list[tuple[str, str]], iin: str, bin_: str
) -> None:
    made = authority.individual(subject=name(("2.5.4.3", "ТЕСТОВ ТЕСТ"), *attributes))
    found = certificates.read(made.certificate)
    assert (found.iin, found.bin) == (iin, bin_)


def test_names_are_compared_by_meaning(authority: Authority, roots: Trust, at: datetime) -> None:
    """A leaf that writes its issuer in another text type, case and spacing names the same authority."""
    between = authority.intermediate(authority.root, "Some Authority")
    for written in (
        der.sequence(_rdn(der.printable("SOME  authority ")), _rdn_country()),
        der.sequence(_rdn(der.element(0x1E, "some authority".encode("utf-16-be"))), _rdn_country()),
    ):
        odd = replace(between, subject=written)
        assert _build(authority.individual(issuer=odd), roots, at, between).is_trusted
    for written in (
        der.sequence(_rdn(der.utf8("some authority"))),
        der.sequence(_rdn_country(), _rdn(der.utf8("some authority"))),
        der.sequence(_rdn(der.utf8("someauthority")), _rdn_country()),
    ):
        odd = replace(between, subject=written)
        assert _build(authority.individual(issuer=odd), roots, at, between).reason == "untrusted"


def _rdn(text: bytes) -> bytes:
    return der.set_of(der.sequence(der.oid(COMMON_NAME), text))


def _rdn_country() -> bytes:
    return der.set_of(der.sequence(der.oid(COUNTRY), der.printable("KZ")))


def test_an_extension_may_stand_only_once(authority: Authority) -> None:
    twice = authority.individual(extra=[extensions.key_usage(extensions.NON_REPUDIATION)])
    with pytest.raises(Asn1Error, match="extension_repeated"):
        certificates.read(twice.certificate)
