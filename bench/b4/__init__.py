"""B4: seal PDFs of 3 and 50 pages and verify them, beside pyHanko as shipped and @signpdf (plain and PAdES-like).

    python -m bench b4 [--quick] [--json FILE]

One key in one PKCS#12 file for all, the same input, no network but the time-stamping service of the sandbox on loopback. Ours
also adds the certificate page, which the others do not. Three alternating rounds; every output is judged before it is
timed, by pyHanko's validator and by `pdfsig`.
"""

import io
import json
import logging
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from cryptography.hazmat.primitives.serialization import PrivateFormat as Format
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from sandbox.testing import SandboxProcess

from bench.b4 import peers, tampered
from bench.b4.peers import PASSPHRASE, Material, SignPdf
from bench.measure import Row, Sample, load, run
from bench.seal import facts_of, pages_of
from kenes.signing import seal_keys
from kenes.signing.certificate_page import draw_certificate_page
from kenes.signing.organisation_stamps import OnlineStamper
from kenes.signing.seal_check import SealState, check_seal
from kenes.signing.seal_time import judge_with
from kenes.signing.sealing import Sealer
from kzsign import Trust, Verdict, trust, verify

PAGES: Final = (3, 50)
SEAL_BUDGET, VERIFY_BUDGET = 22, 10
URL: Final = "http://localhost:8080/verify/token"


@dataclass(slots=True)
class Side:
    """One tool at one level on one input."""

    name: str
    pages: int
    make: Callable[[int], Sample]
    times: int
    data: bytes = b""
    sample: Sample = field(default_factory=lambda: Sample([]))
    judged: str = ""


def rows() -> Iterator[Row]:
    # It warns with every signature that nothing may be fetched: here that is so on purpose.
    logging.getLogger("pyhanko").setLevel(logging.ERROR)
    started = load()
    shrink = 4 if "--quick" in sys.argv else 1
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        esign = folder / "esign"
        with SandboxProcess(folder / "sandbox", SANDBOX_ESIGN_DIR=str(esign)) as sandbox:
            yield from _measured(folder, esign, sandbox.url, shrink, started)
    yield from tampered.rows()


def _measured(folder: Path, esign: Path, url: str, shrink: int, started: str) -> Iterator[Row]:
    identity = seal_keys.ensure_seal_identity(folder / "seal", "bench", "Kenes Hub", now=datetime.now(UTC))
    anchors = trust.load(esign / "anchors", allow_test=True).trust
    material = Material(
        _p12(folder, identity),
        (identity.authority.public_bytes(Encoding.DER), *(one.raw for one in anchors.anchors)),
        tuple(one.raw for one in anchors.intermediates),
        f"{url}/sandbox/esign/tsp/",
    )
    stamper = OnlineStamper(
        material.tsp_url, f"{url}/sandbox/esign/ocsp/", ("127.0.0.1",), anchors=lambda: anchors
    )
    node = SignPdf(peers.install(), material.p12)
    try:
        sides = [
            side
            for pages in PAGES
            for side in _sides(folder, pages, Sealer(identity), stamper, material, node, shrink)
        ]
        for side in sides:
            side.make(1)
            side.judged = _judged(side, material, folder)
        for backwards in (False, True, False):
            for side in reversed(sides) if backwards else sides:
                side.sample += side.make(side.times)
    finally:
        node.stop()
    checks = [
        found
        for side in sides
        if side.name.startswith("ours")
        for found in _checks(side, [identity.authority], anchors, material, shrink)
    ]
    _show(sides, checks, started)
    yield from map(partial(_seal_row, sides), sides)
    for name, sample, ours in checks:
        is_peer = ours is not sample
        within = is_peer or sample.per_second >= VERIFY_BUDGET
        yield Row(
            name, _speed(sample), "" if is_peer else f"≥ {VERIFY_BUDGET}/s", within, "", _ratio(sample, ours)
        )


def _seal_row(sides: list[Side], side: Side) -> Row:
    """Peers are put beside ours of the same level; @signpdf has no long-term one."""
    level = "B-LTA" if "B-LTA" in side.name else "B-B"
    ours = next(one for one in sides if one.pages == side.pages and one.name == f"ours, {level}")
    is_bound = side is ours and side.pages == PAGES[0]
    return Row(
        f"seal {side.pages} pages, {side.name}",
        _speed(side.sample),
        f"≥ {SEAL_BUDGET}/s" if is_bound else "",
        not is_bound or side.sample.per_second >= SEAL_BUDGET,
        side.judged,
        _ratio(side.sample, ours.sample),
    )


def _ratio(peer: Sample, ours: Sample) -> str:
    """How many times ours a peer takes, by the clock and by the processor; nothing for ours."""
    if peer is ours:
        return ""
    by_clock, by_processor = ours.per_second / peer.per_second, peer.cpu_ms / ours.cpu_ms
    return f"× {by_clock:.1f} (cpu × {by_processor:.1f})"


def _p12(folder: Path, identity: seal_keys.SealIdentity) -> Path:
    file = folder / "seal.p12"
    # Both peers read this older protection; newer ones not.
    secret = (
        Format.PKCS12.encryption_builder()
        .kdf_rounds(2048)
        .key_cert_algorithm(pkcs12.PBES.PBESv1SHA1And3KeyTripleDESCBC)
        .build(PASSPHRASE.encode())
    )
    file.write_bytes(
        pkcs12.serialize_key_and_certificates(
            b"seal", identity.key, identity.certificate, [identity.authority], secret
        )
    )
    return file


def _sides(
    folder: Path,
    pages: int,
    sealer: Sealer,
    stamper: OnlineStamper,
    material: Material,
    node: SignPdf,
    shrink: int,
) -> list[Side]:
    pdf = pages_of(pages)
    page = draw_certificate_page(facts_of(sealer.identity.subject, sealer.identity.fingerprint))
    source = folder / f"{pages}.pdf"
    source.write_bytes(pdf)

    def here(name: str, work: Callable[[], bytes], times: int) -> Side:
        side = Side(name, pages, lambda _times: Sample([]), max(2, times // shrink))

        def make(count: int) -> Sample:
            side.data = work()
            return run(work, count)

        side.make = make
        return side

    def there(kind: str) -> Side:
        side = Side(f"@signpdf, {kind}", pages, lambda _times: Sample([]), max(2, 30 // shrink))

        def make(count: int) -> Sample:
            out = folder / f"signpdf-{kind}-{pages}.pdf"
            sample = node.sign(source, out, kind, count)
            side.data = out.read_bytes()
            return sample

        side.make = make
        return side

    return [
        here("ours, B-B", lambda: sealer.seal(pdf, page, verify_url=URL).data, 60),
        here("ours, B-LTA", lambda: sealer.seal(pdf, page, verify_url=URL, stamper=stamper).data, 40),
        here("pyHanko, B-B", peers.pyhanko(material, pdf, is_long_term=False), 16),
        here("pyHanko, B-LTA", peers.pyhanko(material, pdf, is_long_term=True), 8),
        there("plain"),
        there("pades"),
    ]


def _judged(side: Side, material: Material, folder: Path) -> str:
    """What two judges say of the output; fails when either refuses."""
    found = PdfFileReader(io.BytesIO(side.data)).embedded_regular_signatures[0]
    status = validate_pdf_signature(found, material.context())
    assert status.intact and status.valid and status.trusted, f"{side.name}: {status.summary()}"
    file = folder / "judged.pdf"
    file.write_bytes(side.data)
    said = subprocess.run(["pdfsig", "-nocert", str(file)], capture_output=True, text=True, check=True).stdout
    assert "Signature is Valid." in said, f"{side.name}: {said}"
    grown = len(side.data) - len((folder / f"{side.pages}.pdf").read_bytes())
    return f"+{grown // 1024} KB, both judges: valid"


def _checks(
    side: Side, authorities: list[Any], anchors: Trust, material: Material, shrink: int
) -> Iterator[tuple[str, Sample, Sample]]:
    """Three ways to judge one sealed file, in alternating rounds; with each the sample that it is put beside."""
    judge_stamp, data = judge_with(anchors), side.data
    everything = Trust.of(*material.roots, intermediates=material.between)
    assert check_seal(data, authorities, judge_stamp).state is SealState.WHOLE
    assert verify(data, trust=everything).verdict is Verdict.VALID
    ways: list[tuple[str, Callable[[], object], int]] = [
        ("verify as anybody's PDF", partial(verify, data, trust=everything), 60),
        ("check the own seal", partial(check_seal, data, authorities, judge_stamp), 60),
        ("verify by pyHanko", partial(_by_pyhanko, data, material), 6),
    ]
    samples = [Sample([]) for _ in ways]
    for backwards in (False, True, False):
        for place in reversed(range(len(ways))) if backwards else range(len(ways)):
            _, work, times = ways[place]
            samples[place] += run(work, max(2, times // 3 // shrink))
    ours = samples[0]
    for (name, _, _), sample in zip(ways, samples, strict=True):
        label = f"{name}, {side.pages} pages, {side.name.removeprefix('ours, ')}"
        yield label, sample, ours if name == "verify by pyHanko" else sample


def _by_pyhanko(data: bytes, material: Material) -> None:
    found = PdfFileReader(io.BytesIO(data)).embedded_regular_signatures[0]
    assert validate_pdf_signature(found, material.context()).bottom_line


def _speed(sample: Sample) -> str:
    middle, slow = sample.percentile_ms(50), sample.percentile_ms(95)
    return f"{sample.per_second:.1f}/s (p50 {middle:.0f}, p95 {slow:.0f} ms, cpu {sample.cpu_ms:.1f})"


def _show(sides: list[Side], checks: list[tuple[str, Sample, Sample]], started: str) -> None:
    if "--json" not in sys.argv:
        return
    kept = {
        "load": [started, load()],
        "seals": [
            {"name": side.name, "pages": side.pages, "speed": _speed(side.sample), "judged": side.judged}
            for side in sides
        ],
        "checks": [{"name": name, "speed": _speed(sample)} for name, sample, _ in checks],
    }
    Path(sys.argv[sys.argv.index("--json") + 1]).write_text(json.dumps(kept, indent=1, ensure_ascii=False))
