"""What stands in the rows of the certificate page. Nothing here knows Django."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Final, assert_never
from zoneinfo import ZoneInfo

from reportlab.lib.colors import Color, HexColor

from kenes.signing.certificate_facts import CertificateFacts, SignerFacts
from kenes.signing.certificate_texts import TEXTS, PageLanguage, PageTexts

TEAL: Final = HexColor("#0B6E6E")
SOFT: Final = HexColor("#E6F2F1")
INK: Final = HexColor("#0F1F2E")
MUTED: Final = HexColor("#5A6B7B")
RULE: Final = HexColor("#DCE3E8")
_ALMATY: Final = ZoneInfo("Asia/Almaty")
_MOST_SERIAL: Final = 48


@dataclass(frozen=True)
class Line:
    """One text in one hand; it may be broken to fit."""

    text: str
    font: str = "KenesText"
    size: float = 10.5
    colour: Color = INK


@dataclass(frozen=True)
class Row:
    """Labels in both languages at the left, lines at the right."""

    labels: tuple[str, str]
    lines: list[Line]


def second(text: str) -> Line:
    """Smaller and paler: the other language, or a detail."""
    return Line(text, size=9, colour=MUTED)


def texts_of(facts: CertificateFacts) -> tuple[PageTexts, PageTexts]:
    """The document's language first."""
    other: PageLanguage = "kk" if facts.language == "ru" else "ru"
    return TEXTS[facts.language], TEXTS[other]


def rows_of(facts: CertificateFacts) -> list[Row]:
    """All rows in their order. One signer gets every fact in both languages; several get the document's language alone."""
    first, other = texts_of(facts)
    document = Row(
        (first.document, other.document),
        [Line(facts.document_title, "KenesBold", 11.5), Line(f"№ {facts.document_number}")],
    )
    if len(facts.signers) == 1:
        people = _alone(facts.signers[0], first, other)
    else:
        people = _several(facts.signers, first, other)
    return [document, *people, _file(facts, first, other), _seal(facts, first, other)]


def _alone(signer: SignerFacts, first: PageTexts, other: PageTexts) -> list[Row]:
    rows = [
        Row(
            (first.signer, other.signer),
            [Line(signer.name, "KenesBold", 11.5), *_capacity(signer, first, other)],
        ),
        Row((first.when, other.when), _when(signer, first, other)),
        Row((first.how, other.how), [Line(_how(signer, first)), second(_how(signer, other))]),
    ]
    ground = _ground(signer, first)
    if ground:
        same_words = _ground(signer, other) == ground
        lines = [Line(ground), *([] if same_words else [second(_ground(signer, other))])]
        rows.append(Row((first.ground, other.ground), lines))
    return rows


def _several(signers: tuple[SignerFacts, ...], first: PageTexts, other: PageTexts) -> list[Row]:
    signatures = sum(signer.method != "approval" for signer in signers)
    rows, number = [], 0
    for signer in signers:
        if signer.method == "approval":
            labels = (first.approval_of, other.approval_of)
        else:
            number += 1
            place = {"number": number, "all": signatures}
            labels = (first.signature_of % place, other.signature_of % place)
        lines = [Line(signer.name, "KenesBold", 11), *_capacity(signer, first, None)]
        lines.append(Line(_how(signer, first), size=9.5))
        lines.append(
            Line(
                f"{_moment(signer.signed_at, _ALMATY)} ({first.almaty}, UTC+5){_stamped(signer, first)}",
                size=9.5,
            )
        )
        if _ground(signer, first):
            lines.append(second(_ground(signer, first)))
        rows.append(Row(labels, lines))
    return rows


def _capacity(signer: SignerFacts, first: PageTexts, other: PageTexts | None) -> list[Line]:
    """For whom he signs: an organisation, a principal."""
    lines = [second(signer.organisation)] if signer.organisation else []
    if signer.principal:
        principal = {"principal": signer.principal}
        lines += [second(texts.on_behalf % principal) for texts in (first, other) if texts is not None]
    return lines


def _when(signer: SignerFacts, first: PageTexts, other: PageTexts) -> list[Line]:
    lines = [
        Line(f"{_moment(signer.signed_at, _ALMATY)} ({first.almaty} · {other.almaty}, UTC+5)"),
        second(f"{_moment(signer.signed_at, UTC)} UTC{_stamped(signer, first)}"),
    ]
    if signer.is_stamped:
        lines.append(second(other.stamped))
    return lines


def _stamped(signer: SignerFacts, texts: PageTexts) -> str:
    return f", {texts.stamped}" if signer.is_stamped else ""


def _how(signer: SignerFacts, texts: PageTexts) -> str:
    algorithm = {"algorithm": signer.certificate.algorithm if signer.certificate else ""}
    match signer.method:
        case "sms":
            return texts.sms_code % {"phone": signer.masked_phone}
        case "eds":
            return (texts.own_key % algorithm).rstrip(", ")
        case "egov_qr":
            return (texts.egov_mobile % algorithm).rstrip(", ")
        case "paper":
            return texts.by_hand
        case "approval":
            return texts.approval
        case _:
            assert_never(signer.method)


def _ground(signer: SignerFacts, texts: PageTexts) -> str:
    if signer.certificate is not None:
        return _certificate(signer, texts)
    if signer.agreement_accepted_at is not None:
        accepted = _moment(signer.agreement_accepted_at, _ALMATY)
        return texts.agreement % {"version": signer.agreement_version, "accepted": accepted}
    if signer.checked_at is not None:
        return texts.paper_checked % {"name": signer.checked_by, "at": _moment(signer.checked_at, _ALMATY)}
    return ""


def _certificate(signer: SignerFacts, texts: PageTexts) -> str:
    certificate = signer.certificate
    assert certificate is not None
    bin_ = f"БСН {certificate.bin}" if texts is TEXTS["kk"] else f"БИН {certificate.bin}"
    parts = [certificate.organisation, bin_ if certificate.bin else "", texts.roles.get(certificate.role, "")]
    owner = ", ".join(part for part in parts if part)
    serial = certificate.serial.upper()[:_MOST_SERIAL]
    return (
        texts.certificate_of % {"serial": serial, "owner": owner}
        if owner
        else texts.certificate % {"serial": serial}
    )


def _file(facts: CertificateFacts, first: PageTexts, other: PageTexts) -> Row:
    size = {"pages": facts.document_pages, "size": grouped(facts.document_size)}
    return Row(
        (first.file, other.file),
        [
            Line(facts.document_sha256[:32], "KenesMono", 9.5),
            Line(facts.document_sha256[32:], "KenesMono", 9.5),
            second(first.file_size % size),
            second(other.file_size % size),
        ],
    )


def _seal(facts: CertificateFacts, first: PageTexts, other: PageTexts) -> Row:
    stamped = facts.has_time_stamp
    return Row(
        (first.seal, other.seal),
        [
            Line(facts.seal_subject),
            second(first.seal_with_time if stamped else first.seal_without_time),
            second(other.seal_with_time if stamped else other.seal_without_time),
            second(f"{first.seal_certificate} · {other.seal_certificate}"),
            Line(facts.seal_fingerprint, "KenesMono", 7.2, MUTED),
        ],
    )


def grouped(number: int) -> str:
    """Thousands apart, never broken across lines."""
    return f"{number:,}".replace(",", "\u00a0")


def _moment(moment: datetime, zone: tzinfo) -> str:
    return f"{moment.astimezone(zone):%d.%m.%Y %H:%M:%S}"
