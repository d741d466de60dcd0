"""Seal a three-page PDF and verify it, in a few seconds; `b4` puts it beside other tools and under time stamps."""

import io
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from bench.measure import Row, alternate, run
from kenes.signing import seal_keys
from kenes.signing.certificate_facts import CertificateFacts, SignerFacts
from kenes.signing.certificate_page import draw_certificate_page
from kenes.signing.seal_check import SealState, check_seal
from kenes.signing.sealing import Sealer

SEAL_BUDGET, VERIFY_BUDGET = 22, 10


def pages_of(count: int) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for page in range(count):
        for line in range(40):
            canvas.drawString(
                60, 780 - line * 18, f"Page {page + 1}, line {line + 1} of a letter to the lender"
            )
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def facts_of(subject: str, fingerprint: str) -> CertificateFacts:
    now = datetime.now(UTC)
    return CertificateFacts(
        document_title="Заявление об изменении условий договора банковского займа",
        document_number="KH-2026-000123-01",
        document_sha256="ab" * 32,
        document_size=48213,
        document_pages=3,
        signers=(
            SignerFacts(
                name="Досымов Кайрат Ануарович",
                method="sms",
                signed_at=now,
                masked_phone="+7 ••• ••• 18 41",
                agreement_version="1",
                agreement_accepted_at=now,
            ),
        ),
        signature_id="c0ffee00-0000-4000-8000-000000000000",
        verify_url="http://localhost:8080/verify/token",
        seal_subject=subject,
        seal_fingerprint=fingerprint,
    )


def rows() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        identity = seal_keys.ensure_seal_identity(Path(folder), "bench", "Kenes Hub", now=datetime.now(UTC))
        sealer, pages = Sealer(identity), pages_of(3)
        page = draw_certificate_page(facts_of(identity.subject, identity.fingerprint))
        key_file, chain_file = Path(folder) / "stock.key", Path(folder) / "stock.pem"
        key_file.write_bytes(
            identity.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"bench"))
        )
        chain_file.write_bytes(identity.certificate.public_bytes(Encoding.PEM))
        stock = signers.SimpleSigner.load(  # type: ignore[no-untyped-call]
            str(key_file), str(chain_file), key_passphrase=b"bench"
        )

        def ours() -> bytes:
            return sealer.seal(pages, page, verify_url="http://localhost:8080/verify/token").data

        def peer() -> bytes:
            writer = IncrementalPdfFileWriter(io.BytesIO(pages))
            metadata = signers.PdfSignatureMetadata(
                field_name="Seal", md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES
            )
            return bytes(signers.sign_pdf(writer, metadata, signer=stock).getvalue())

        sealed = ours()
        assert check_seal(sealed, [identity.authority]).state is SealState.WHOLE
        mine, theirs = alternate(ours, peer, ours_times=50, peer_times=30)
        drawn = run(lambda: draw_certificate_page(facts_of(identity.subject, identity.fingerprint)), 50)
        checked = run(lambda: check_seal(sealed, [identity.authority]), 60)
    return [
        Row(
            "seal a three-page PDF",
            f"{mine.per_second:.0f}/s (p95 {mine.percentile_ms(95):.0f} ms)",
            f"≥ {SEAL_BUDGET}/s",
            mine.per_second >= SEAL_BUDGET,
            f"stock pyHanko {theirs.per_second:.0f}/s",
            f"× {mine.per_second / theirs.per_second:.1f}",
        ),
        Row("draw its certificate page", f"{drawn.per_second:.0f}/s", "", True),
        Row(
            "verify the sealed PDF",
            f"{checked.per_second:.0f}/s (p95 {checked.percentile_ms(95):.0f} ms)",
            f"≥ {VERIFY_BUDGET}/s",
            checked.per_second >= VERIFY_BUDGET,
        ),
    ]
