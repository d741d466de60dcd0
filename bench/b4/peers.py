"""The other tools of B4: pyHanko as shipped, and @signpdf in a Node process of its own."""

import io
import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from asn1crypto import x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.timestamps import HTTPTimeStamper
from pyhanko_certvalidator import ValidationContext

from bench.measure import Sample

ROOT: Final = Path(__file__).resolve().parents[2]
PACKAGES: Final = (
    "@signpdf/signpdf@3.3.0",
    "@signpdf/signer-p12@3.3.0",
    "@signpdf/placeholder-plain@3.3.0",
    "@signpdf/utils@3.3.0",
)
PASSPHRASE: Final = "bench"


@dataclass(frozen=True)
class Material:
    """The same key for all: a PKCS#12 file; DER of the roots to trust and of certificates in between; the TSP address."""

    p12: Path
    roots: tuple[bytes, ...]
    between: tuple[bytes, ...]
    tsp_url: str

    def context(self) -> ValidationContext:
        """What pyHanko trusts."""
        return ValidationContext(
            trust_roots=[x509.Certificate.load(der) for der in self.roots],
            other_certs=[x509.Certificate.load(der) for der in self.between],
            allow_fetching=False,
        )


def install() -> Path:
    """The Node packages in a folder of their own; the manifest they are found from."""
    home = ROOT / ".build" / "bench-b4"
    home.mkdir(parents=True, exist_ok=True)
    manifest = home / "package.json"
    if not (home / "node_modules" / "@signpdf" / "signer-p12").is_dir():
        manifest.write_text('{"private": true}')
        subprocess.run(
            ["npm", "install", "--silent", "--no-audit", "--no-fund", *PACKAGES], check=True, cwd=home
        )
    return manifest


def pyhanko(material: Material, pdf: bytes, *, is_long_term: bool) -> Callable[[], bytes]:
    """pyHanko's own signer, loaded once from the PKCS#12 file, as its documentation shows it."""
    signer = signers.SimpleSigner.load_pkcs12(  # type: ignore[no-untyped-call]
        str(material.p12), passphrase=PASSPHRASE.encode()
    )
    assert signer is not None
    stamper = HTTPTimeStamper(material.tsp_url) if is_long_term else None

    def sign() -> bytes:
        metadata = signers.PdfSignatureMetadata(
            field_name="Seal",
            md_algorithm="sha256",
            subfilter=fields.SigSeedSubFilter.PADES,
            embed_validation_info=is_long_term,
            use_pades_lta=is_long_term,
            validation_context=material.context() if is_long_term else None,
        )
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        return bytes(signers.sign_pdf(writer, metadata, signer=signer, timestamper=stamper).getvalue())

    return sign


@dataclass(slots=True)
class SignPdf:
    """@signpdf; `kind` of a run is "plain" or "pades" (its sub-filter; it adds no PAdES attributes)."""

    manifest: Path
    p12: Path
    process: subprocess.Popen[str] = field(init=False)

    def __post_init__(self) -> None:
        self.process = subprocess.Popen(
            ["node", str(Path(__file__).with_name("signpdf.mjs"))],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={"PATH": "/usr/local/bin:/usr/bin:/bin", "PEERS_FROM": str(self.manifest)},
        )  # fmt: skip

    def sign(self, pdf: Path, out: Path, kind: str, times: int) -> Sample:
        """So many signatures; the last file stands in `out`. Raises RuntimeError."""
        assert self.process.stdin and self.process.stdout
        order = {
            "pdf": str(pdf),
            "out": str(out),
            "kind": kind,
            "times": times,
            "p12": str(self.p12),
            "passphrase": PASSPHRASE,
        }
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.process.stdout.readline() or '{"error": "it ended"}')
        if answer.get("error"):
            raise RuntimeError(answer["error"])
        return Sample(answer["seconds"], answer["cpu"])

    def stop(self) -> None:
        """End the process."""
        self.process.kill()
        self.process.wait()
