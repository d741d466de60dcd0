"""What readers that are not ours see as signed in a file: asn1crypto, libxml2, pypdf, zipfile.

Each gives facts. A damaged file that is called valid may have lost facts of the sound one, but none may be new: then
what changed is provably nothing that a signature covers.
"""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable
from typing import Any

import pypdf
from asn1crypto import cms, crl, ocsp, parser, tsp, x509
from lxml import etree
from pypdf.generic import StreamObject

from kzsign.tests.fuzzing import zips

Facts = frozenset[tuple[str, Any]]

_DS = "{http://www.w3.org/2000/09/xmldsig#}"
_ARMOUR = re.compile(rb"-----(?:BEGIN|END)[^-]*-----")


def of_cms(data: bytes) -> Facts:
    """The content, and of each signer its signed attributes with its signature."""
    if data[:1] != b"\x30":
        data = base64.b64decode(_ARMOUR.sub(b"", data.removeprefix(b"\xef\xbb\xbf")))
    signed = cms.ContentInfo.load(data)["content"]
    found: set[tuple[str, Any]] = {
        ("signer", (info["signed_attrs"].contents, info["signature"].native))
        for info in signed["signer_infos"]
    }
    content = _octets_in_pieces(signed["encap_content_info"].contents)
    if content:
        found.add(("content", content))
    return frozenset(found)


def of_token(data: bytes) -> Facts:
    """The statement, and the signature over it."""
    signed = tsp.ContentInfo.load(data)["content"]
    info = signed["signer_infos"][0]
    statement = _octets_in_pieces(signed["encap_content_info"].contents)
    return frozenset(
        {("content", statement), ("signer", (info["signed_attrs"].contents, info["signature"].native))}
    )


def _octets_in_pieces(fields: bytes) -> bytes:
    """The octet string after an identifier; BER may have it in pieces, which asn1crypto refuses where a length stands."""
    _, _, _, head, body, tail = parser.parse(fields)
    rest = fields[len(head) + len(body) + len(tail) :]
    return _joined(parser.parse(rest)[4]) if rest else b""


def _joined(octets: bytes) -> bytes:
    found = b""
    while octets:
        _, is_constructed, _, head, body, tail = parser.parse(octets)
        found += _joined(body) if is_constructed else body
        octets = octets[len(head) + len(body) + len(tail) :]
    return found


def of_answer(data: bytes) -> Facts:
    """What the responder signed."""
    basic = ocsp.OCSPResponse.load(data)["response_bytes"]["response"].parsed
    return _signed_part(basic["tbs_response_data"], basic["signature"])


def of_bare_answer(data: bytes) -> Facts:
    """The same without the envelope."""
    basic = ocsp.BasicOCSPResponse.load(data)
    return _signed_part(basic["tbs_response_data"], basic["signature"])


def of_list(data: bytes) -> Facts:
    """The signed part of a revocation list."""
    found = crl.CertificateList.load(data)
    return _signed_part(found["tbs_cert_list"], found["signature"])


def of_certificate(data: bytes) -> Facts:
    """The signed part of a certificate."""
    found = x509.Certificate.load(data)
    return _signed_part(found["tbs_certificate"], found["signature_value"])


def _signed_part(part: Any, signature: Any) -> Facts:
    return frozenset({("signed", part.dump()), ("signature", signature.native)})


def of_xml(data: bytes) -> Facts:
    """The document without its signatures, their values, and what they say that they cover."""
    tree = etree.ElementTree(etree.fromstring(data))
    found: set[tuple[str, Any]] = set()
    for signature in list(tree.getroot().iter(f"{_DS}Signature")):
        found.add(
            ("signature", base64.b64decode((signature.findtext(f"{_DS}SignatureValue") or "").encode()))
        )
        for info in signature.iter(f"{_DS}SignedInfo"):
            found.add(("signed info", etree.tostring(info, method="c14n", exclusive=True)))
        _taken_out(signature)
    return frozenset({*found, ("document", etree.tostring(tree, method="c14n", with_comments=True))})


def _taken_out(element: etree._Element) -> None:
    """Without losing the text after it."""
    before, parent = element.getprevious(), element.getparent()
    assert parent is not None
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "")
    else:
        parent.text = (parent.text or "") + (element.tail or "")
    parent.remove(element)


def of_pdf(data: bytes) -> Facts:
    """All that hangs below the catalogue but what validation adds, and the octets that each signature covers."""
    reader = pypdf.PdfReader(io.BytesIO(data))
    root = reader.trailer["/Root"]
    found: set[tuple[str, Any]] = {("document", _below(root, frozenset(), _ADDED))}
    for field in root["/AcroForm"]["/Fields"]:  # type: ignore[index]
        value = field.get_object().get("/V")
        if value is not None:
            first, gap, after, rest = (int(number) for number in value.get_object()["/ByteRange"])
            found.add(("covered", (data[first : first + gap], data[after : after + rest])))
    return frozenset(found)


_ADDED = frozenset({"/AcroForm", "/DSS", "/Extensions", "/Metadata", "/Version"})


def _below(value: Any, above: frozenset[int], free: frozenset[str] = frozenset({"/Parent", "/P"})) -> Any:
    """A value with everything that it refers to, without what leads back up and without fields that show nothing."""
    value = value.get_object()
    if id(value) in above:
        return "above"
    above |= {id(value)}
    if isinstance(value, dict):
        held = [(key, _below(value.raw_get(key), above)) for key in sorted(value) if key not in free]
        content = value.get_data() if isinstance(value, StreamObject) else b""
        return tuple((key, part) for key, part in held if part != ()), content
    if isinstance(value, list):
        # An empty list is as none: the first signature on a page brings the list of its annotations.
        return tuple(_below(part, above) for part in value if not _shows_nothing(part))
    return repr(value)


def _shows_nothing(part: Any) -> bool:
    field = part.get_object()
    if not isinstance(field, dict) or field.get("/FT") != "/Sig":
        return False
    corners = [float(number) for number in field.get("/Rect", (0, 0, 0, 0))]
    return corners[0] == corners[2] or corners[1] == corners[3] or bool(int(field.get("/F", 0)) & 2)


def of_package(data: bytes) -> Facts:
    """Its files; of the seal and the time stamp over it what they cover, for certificates may stand in another order."""
    found: set[tuple[str, Any]] = set()
    for name, content in zips.files_of(data).items():
        covered = CONTAINERS.get(name)
        found |= (
            {(name, content)}
            if covered is None
            else {(f"{name} {kind}", part) for kind, part in covered(content)}
        )
    return frozenset(found)


CONTAINERS: dict[str, Callable[[bytes], Facts]] = {"manifest.p7s": of_cms, "manifest.tst": of_token}
