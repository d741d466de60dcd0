"""Enveloped XML signatures (XMLDSig) as NCALayer makes them."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kzsign.testing.certificates import Identity

DSIG = "http://www.w3.org/2000/09/xmldsig#"
C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
ENVELOPED = DSIG + "enveloped-signature"
_KZ = "urn:ietf:params:xml:ns:pkigovkz:xmlsec:algorithms:"
_MORE = "http://www.w3.org/2001/04/xmldsig-more#"
METHODS = {
    "gost": (f"{_KZ}gostr34102015-gostr34112015-512", f"{_KZ}gostr34112015-512"),
    "rsa": (f"{_MORE}rsa-sha256", "http://www.w3.org/2001/04/xmlenc#sha256"),
    "legacy": (f"{_MORE}gost34310-gost34311", f"{_MORE}gost34311"),
    "ec": (f"{_MORE}ecdsa-sha256", "http://www.w3.org/2001/04/xmlenc#sha256"),
}


@dataclass(frozen=True)
class XmlSigning:
    """How one signer signs a document; the defaults are NCALayer's.

    Attacks: `reference` other than the whole document, other `transforms`, other method addresses,
    another `digest`, another `certificate` in KeyInfo, `change_signature` of the octets.
    """

    identity: Identity
    reference: str = ""
    transforms: Sequence[str] = (ENVELOPED, C14N + "#WithComments")
    canonicalization: str = C14N
    signature_method: str | None = None
    digest_method: str | None = None
    digest: bytes | None = None
    certificate: bytes | None = None
    change_signature: Callable[[bytes], bytes] | None = None


def sign_xml(
    document: bytes | str, signers: Identity | XmlSigning | Sequence[Identity | XmlSigning]
) -> bytes:
    """The document with one enveloped signature per signer, each at the end of the root element.

    A later signature covers the earlier ones.
    """
    from lxml import etree

    text = document.encode() if isinstance(document, str) else document
    root = etree.fromstring(text, etree.XMLParser(resolve_entities=False, no_network=True))
    listed = [signers] if isinstance(signers, (Identity, XmlSigning)) else signers
    for one in listed:
        case = one if isinstance(one, XmlSigning) else XmlSigning(one)
        signed_bytes = etree.tostring(root.getroottree(), method="c14n", with_comments=True)
        root.append(etree.fromstring(_signature(signed_bytes, case)))
    head = b'<?xml version="1.0" encoding="UTF-8" standalone="no"?>'
    return head + bytes(etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=False))


def _signature(signed_bytes: bytes, case: XmlSigning) -> bytes:
    from lxml import etree

    key = case.identity.key
    digest = case.digest if case.digest is not None else key.digest(signed_bytes)
    element = etree.fromstring(_template(case, digest).encode())
    info = element.find(f"{{{DSIG}}}SignedInfo")
    signature = key.sign(etree.tostring(info, method="c14n", with_comments=False))
    if case.change_signature:
        signature = case.change_signature(signature)
    element.find(f"{{{DSIG}}}SignatureValue").text = "\n" + _lines(signature).replace("&#13;", "\r") + "\n"
    return bytes(etree.tostring(element))


def _template(case: XmlSigning, digest: bytes) -> str:
    signature_method, digest_method = METHODS[case.identity.key.family]
    transforms = "".join(f'<ds:Transform Algorithm="{one}"/>\n' for one in case.transforms)
    certificate = _lines(case.certificate or case.identity.certificate)
    return f"""<ds:Signature xmlns:ds="{DSIG}">
<ds:SignedInfo>
<ds:CanonicalizationMethod Algorithm="{case.canonicalization}"/>
<ds:SignatureMethod Algorithm="{case.signature_method or signature_method}"/>
<ds:Reference URI="{case.reference}">
<ds:Transforms>
{transforms}</ds:Transforms>
<ds:DigestMethod Algorithm="{case.digest_method or digest_method}"/>
<ds:DigestValue>{_lines(digest)}</ds:DigestValue>
</ds:Reference>
</ds:SignedInfo>
<ds:SignatureValue></ds:SignatureValue>
<ds:KeyInfo>
<ds:X509Data>
<ds:X509Certificate>
{certificate}
</ds:X509Certificate>
</ds:X509Data>
</ds:KeyInfo>
</ds:Signature>"""


def _lines(data: bytes) -> str:
    """Base64 in lines that end with the carriage return that NCALayer leaves in."""
    text = base64.b64encode(data).decode("ascii")
    return "&#13;\n".join(text[start : start + 76] for start in range(0, len(text), 76))
