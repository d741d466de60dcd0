"""PDFs signed by a tool that is not ours, with keys of the test authority."""

from __future__ import annotations

import functools
import io
from datetime import datetime

from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import PdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import SignatureObject
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator.registry import SimpleCertificateStore

from kzsign.testing import Authority, Identity, sign_cms
from kzsign.testing.cms import Signing


@functools.cache
def authority() -> Authority:
    return Authority.make()


def plain_pdf(*, streamed: bool = False, words: str = "Sum: 100 000") -> bytes:
    """One page with words on it."""
    writer = PdfFileWriter(stream_xrefs=streamed)
    font = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Font"),
            pdf_name("/Subtype"): pdf_name("/Type1"),
            pdf_name("/BaseFont"): pdf_name("/Helvetica"),
        }
    )
    content = generic.StreamObject(stream_data=f"BT /F1 20 Tf 60 700 Td ({words}) Tj ET".encode())
    page = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Page"),
            pdf_name("/MediaBox"): generic.ArrayObject(map(generic.NumberObject, (0, 0, 595, 842))),
            pdf_name("/Contents"): writer.add_object(content),
            pdf_name("/Resources"): generic.DictionaryObject(
                {pdf_name("/Font"): generic.DictionaryObject({pdf_name("/F1"): writer.add_object(font)})}
            ),
        }
    )
    writer.insert_page(page)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def updated(data: bytes) -> IncrementalPdfFileWriter:
    return IncrementalPdfFileWriter(io.BytesIO(data))


def written(writer: IncrementalPdfFileWriter) -> bytes:
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def _asn1(identity: Identity) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(identity.certificate)


def _private(identity: Identity) -> keys.PrivateKeyInfo:
    return keys.PrivateKeyInfo.load(
        identity.key.private.private_bytes(  # type: ignore[attr-defined]
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )


def _chain(identity: Identity) -> SimpleCertificateStore:
    store = SimpleCertificateStore()
    while identity.issuer is not None:
        store.register(_asn1(identity.issuer))
        identity = identity.issuer
    return store


def signed_by_rsa(
    data: bytes,
    identity: Identity,
    *,
    name: str = "First",
    tsa: Identity | None = None,
    box: tuple[int, int, int, int] | None = None,
    certify: bool = False,
) -> bytes:
    """A PAdES signature of pyHanko in a new field of this name; visible with a ``box``."""
    metadata = signers.PdfSignatureMetadata(
        field_name=name,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=certify,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES if certify else fields.MDPPerm.FILL_FORMS,
    )
    signer = signers.PdfSigner(
        metadata,
        signer=signers.SimpleSigner(_asn1(identity), _private(identity), _chain(identity)),
        timestamper=_stamper(tsa) if tsa is not None else None,
        new_field_spec=fields.SigFieldSpec(name, on_page=0, box=box),
    )
    return bytes(signer.sign_pdf(updated(data)).getvalue())


def signed_by_gost(data: bytes, identity: Identity, *, name: str = "First") -> bytes:
    """The national algorithm inside a PDF: a detached CMS over the covered bytes."""
    steps = PdfCMSEmbedder(fields.SigFieldSpec(name, on_page=0)).write_cms(name, updated(data))
    next(steps)
    steps.send(SigObjSetup(SignatureObject(subfilter=fields.SigSeedSubFilter.PADES, bytes_reserved=16384)))
    place, output = steps.send(SigIOSetup("sha256"))
    whole = output.getvalue()
    covered = whole[: place.reserved_region_start] + whole[place.reserved_region_end :]
    made = sign_cms(covered, Signing(identity), detached=True)
    place.fill_with_cms(output, made)
    return bytes(output.getvalue())


def stamped(data: bytes, tsa: Identity, *, name: str = "Time") -> bytes:
    """With a document time stamp of pyHanko."""
    stamper = signers.PdfTimeStamper(_stamper(tsa), field_name=name)
    return bytes(stamper.timestamp_pdf(updated(data), "sha256").getvalue())


def with_store(data: bytes, *certificates: bytes) -> bytes:
    """With a document security store of pyHanko."""
    DocumentSecurityStore.supply_dss_in_writer(
        writer := updated(data), None, certs=[asn1_x509.Certificate.load(der) for der in certificates]
    )
    return written(writer)


def _stamper(tsa: Identity, at: datetime | None = None) -> DummyTimeStamper:
    return DummyTimeStamper(_asn1(tsa), _private(tsa), certs_to_embed=_chain(tsa), fixed_dt=at)
