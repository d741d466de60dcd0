"""Signed XML as NCALayer writes it: signatures inside the root element that cover the whole document.

Only that shape is accepted. A reference to a part, another transform, a DTD or a signature elsewhere is refused, so
that nothing can be wrapped round what was signed. Needs lxml; without it the answer is «unknown».
"""

from __future__ import annotations

import base64
import binascii
import copy
import re
from dataclasses import dataclass
from typing import Any, Final

from kzsign import certificates, digests, judge, report
from kzsign.algorithms import Scheme
from kzsign.asn1 import Asn1Error
from kzsign.certificates import Certificate
from kzsign.context import Context
from kzsign.judge import Evidence
from kzsign.report import Report, SignerReport, Steps, Verdict

_DS: Final = "{http://www.w3.org/2000/09/xmldsig#}"
_ONCE: Final = frozenset(f"{_DS}{name}" for name in ("SignedInfo", "SignatureValue", "Object", "Manifest"))
_KZ: Final = "urn:ietf:params:xml:ns:pkigovkz:xmlsec:algorithms:"
_MORE: Final = "http://www.w3.org/2001/04/xmldsig-more#"
_C14N: Final = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
_ENVELOPED: Final = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"
_SIGNATURES: Final = {
    f"{_KZ}gostr34102015-gostr34112015-512": Scheme("gost2015", "streebog512"),
    f"{_MORE}gost34310-gost34311": Scheme("gost2004", "gost34311"),
    f"{_MORE}rsa-sha256": Scheme("rsa", "sha256"),
    f"{_MORE}rsa-sha384": Scheme("rsa", "sha384"),
    f"{_MORE}rsa-sha512": Scheme("rsa", "sha512"),
}
_DIGESTS: Final = {
    f"{_KZ}gostr34112015-512": "streebog512",
    f"{_MORE}gost34311": "gost34311",
    "http://www.w3.org/2001/04/xmlenc#sha256": "sha256",
    f"{_MORE}sha384": "sha384",
    "http://www.w3.org/2001/04/xmlenc#sha512": "sha512",
}
_WEAK: Final = frozenset(
    {
        "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
        "http://www.w3.org/2000/09/xmldsig#sha1",
        f"{_MORE}rsa-md5",
    }
)
_MAX_CERTIFICATES: Final = 16
# Canonical form looks up every declaration in scope for every element and sorts attributes one by one: what a document
# may cost there, in comparisons, for all its signatures together (about two seconds).
_MAX_COMPARISONS: Final = 200_000_000


class XmlError(ValueError):
    """The document or a signature is not of the accepted shape; `code` is a stable reason."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class _Signature:
    """What one ds:Signature says."""

    method: str
    digest_method: str
    with_comments: bool
    signed_info: tuple[bytes, ...]  # in the forms that signers make of it
    digest: bytes
    value: bytes
    certificates: tuple[Certificate, ...]


def verify_xml(data: bytes, context: Context) -> Report:
    """Judge every signature of an XML document. Whatever the bytes are, a report comes back."""
    try:
        from lxml import etree
    except ImportError:
        return Report(Verdict.UNKNOWN, "xml", "xml_not_supported")
    if len(data) > context.limits.xml:
        return report.refused("xml", "too_large")
    try:
        tree = _parse(data, etree, context.limits.elements)
        found = _signatures(tree, context.limits.signers)
        if _comparisons(tree, etree) * max(1, len(found)) > _MAX_COMPARISONS:
            raise XmlError("too_complex")
        # The last signature was made over the document with all earlier ones: they are taken off from the end.
        reports: list[SignerReport] = []
        for element in reversed(found):
            reports.append(_signer(tree, element, context, etree))
        return report.container("xml", tuple(reversed(reports)))
    except XmlError as problem:
        return report.refused("xml", problem.code)
    except etree.LxmlError:
        # Canonical form does not exist for every document, such as one with a relative name of a namespace.
        return report.refused("xml", "malformed")


def _parse(data: bytes, etree: Any, limit: int) -> Any:
    if re.search(rb"<!\s*(DOCTYPE|ENTITY)", data):
        raise XmlError("dtd")
    # A tree takes many times the octets of its text: elements and attributes are counted before it is made.
    if data.count(b"<") > 2 * limit or data.count(b'"') + data.count(b"'") > 4 * limit:
        raise XmlError("too_many_elements")
    # Some writers begin with an empty line, which no canonical form has.
    data = data.lstrip(b" \t\r\n")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_blank_text=False
    )
    try:
        tree = etree.ElementTree(etree.fromstring(data, parser))
    except (etree.XMLSyntaxError, ValueError, LookupError):
        raise XmlError("malformed") from None
    if tree.docinfo.internalDTD is not None or tree.docinfo.doctype:
        raise XmlError("dtd")
    return tree


def _comparisons(tree: Any, etree: Any) -> int:
    """What one canonical form of the document costs; stops counting when that is too much."""
    cost = depth = declared = 0
    for event, node in etree.iterwalk(tree, events=("start", "end", "start-ns", "end-ns")):
        if event == "start-ns":
            declared += 1
        elif event == "end-ns":
            declared -= 1
        elif event == "end":
            depth -= 1
        else:
            depth += 1
            cost += declared * (declared + depth) + len(node.attrib) ** 2
            if cost > _MAX_COMPARISONS:
                break
    return cost


def _signatures(tree: Any, limit: int) -> list[Any]:
    root = tree.getroot()
    found = list(root.iter(f"{_DS}Signature"))
    if len(found) > limit:
        raise XmlError("too_many_signers")
    if any(element.getparent() is not root for element in found):
        raise XmlError("signature_misplaced")
    return found


def _signer(tree: Any, element: Any, context: Context, etree: Any) -> SignerReport:
    """One signature; it is taken out of the tree."""
    steps = Steps()
    signature: _Signature | None = None
    try:
        signature = _read(element, etree)
        steps.passed("decode")
    except XmlError as problem:
        steps.failed("decode", problem.code)
    _take_out(element)
    if signature is None:
        return judge.signer(None, None, Evidence(), steps, context)
    steps.passed("content")
    steps.skipped("attributes", "not_applicable")
    steps.skipped("signing_certificate", "absent")
    scheme = _scheme(signature, steps)
    certificate = _certificate(signature, scheme, steps)
    if scheme is not None:
        whole = etree.tostring(tree, method="c14n", with_comments=signature.with_comments)
        if not context.budget.affords(octets=len(whole)):
            steps.failed("digest", "too_much_work")
        elif digests.digest(scheme.digest, whole) == signature.digest:
            steps.passed("digest")
        else:
            steps.failed("digest", "digest_mismatch")
    return judge.signer(certificate, scheme, Evidence(pool=signature.certificates), steps, context)


def _scheme(signature: _Signature, steps: Steps) -> Scheme | None:
    if signature.method in _WEAK or signature.digest_method in _WEAK:
        steps.failed("signature", "weak_algorithm")
        return None
    if "#hmac-" in signature.method:
        # Made with a shared secret: no certificate can stand behind it.
        steps.failed("signature", "algorithm_mismatch")
        return None
    scheme = _SIGNATURES.get(signature.method)
    if scheme is None or signature.digest_method not in _DIGESTS:
        steps.unknown("signature", "unsupported")
        return None
    if _DIGESTS[signature.digest_method] != scheme.digest:
        steps.failed("signature", "algorithm_mismatch")
        return None
    return scheme


def _certificate(signature: _Signature, scheme: Scheme | None, steps: Steps) -> Certificate | None:
    """The certificate whose key made the signature, else the first one, with the step that tells so."""
    if not signature.certificates:
        steps.failed("certificate", "certificate_missing")
        return None
    steps.passed("certificate")
    first = signature.certificates[0]
    if scheme is None:
        return first
    # The second form leaves out inherited xml: attributes, as lxml does; what is signed says the same in both.
    for form in dict.fromkeys(signature.signed_info):
        digest = digests.digest(scheme.digest, form)
        for certificate in signature.certificates:
            if certificate.key.verifies(scheme, digest, signature.value):
                steps.passed("signature")
                return certificate
    if first.key.problem == "unsupported":
        steps.unknown("signature", "unsupported")
    elif first.key.family != scheme.family:
        steps.failed("signature", "algorithm_mismatch")
    else:
        steps.failed("signature", first.key.problem or "signature_mismatch")
    return first


def _read(element: Any, etree: Any) -> _Signature:
    parts = _children(element)
    if [part.tag for part in parts[:2]] != [f"{_DS}SignedInfo", f"{_DS}SignatureValue"]:
        raise XmlError("malformed")
    # A ds:Object would lie in the file unsigned: the one reference leaves the whole signature out.
    if any(part.tag != f"{_DS}KeyInfo" for part in parts[2:]) or _has_foreign(element):
        raise XmlError("malformed")
    # A second one among the keys is signed by nobody, but another reader might take it for the one that is.
    if any(node.tag in _ONCE for part in parts[2:] for node in part.iter()):
        raise XmlError("malformed")
    info, value = parts[0], parts[1]
    # A comment or instruction would be read over here but is not signed there.
    if any(not isinstance(node.tag, str) for node in info.iter()) or len(value):
        raise XmlError("malformed")
    canonical, method, *references = _children(info)
    if canonical.tag != f"{_DS}CanonicalizationMethod" or method.tag != f"{_DS}SignatureMethod":
        raise XmlError("malformed")
    if canonical.get("Algorithm") != _C14N or len(canonical) or len(method):
        raise XmlError("transform_refused")
    if len(references) != 1 or references[0].tag != f"{_DS}Reference":
        raise XmlError("reference_refused")
    digest_method, digest, with_comments = _reference(references[0])
    return _Signature(
        method=method.get("Algorithm", ""),
        digest_method=digest_method,
        with_comments=with_comments,
        signed_info=(_canonical(info, etree), etree.tostring(info, method="c14n", with_comments=False)),
        digest=digest,
        value=_base64(value.text),
        certificates=_certificates(parts[2:]),
    )


def _has_foreign(element: Any) -> bool:
    """Whether text or elements lie unsigned where a signature has only its own: a reader might show them."""
    for node in element.iter():
        if node is not element and (node.tail or "").strip():
            return True
        if not isinstance(node.tag, str):
            continue  # comments and instructions are not shown
        if not node.tag.startswith(_DS) or (len(node) and (node.text or "").strip()):
            return True
    return False


def _children(element: Any) -> list[Any]:
    found = [child for child in element if isinstance(child.tag, str)]
    if len(found) < 2:
        raise XmlError("malformed")
    return found


def _reference(reference: Any) -> tuple[str, bytes, bool]:
    """Digest method, digest, and whether comments are signed. The reference must be of the whole document."""
    if reference.get("URI") != "" or reference.get("Type"):
        raise XmlError("reference_refused")
    parts = list(reference)
    if [part.tag for part in parts] != [f"{_DS}Transforms", f"{_DS}DigestMethod", f"{_DS}DigestValue"]:
        raise XmlError("transform_refused")
    transforms = list(parts[0])
    named = [step.get("Algorithm") for step in transforms]
    if any(step.tag != f"{_DS}Transform" or len(step) for step in transforms) or len(parts[2]):
        raise XmlError("transform_refused")
    if named not in ([_ENVELOPED, f"{_C14N}#WithComments"], [_ENVELOPED, _C14N], [_ENVELOPED]):
        raise XmlError("transform_refused")
    return parts[1].get("Algorithm", ""), _base64(parts[2].text), named[-1] == f"{_C14N}#WithComments"


def _canonical(info: Any, etree: Any) -> bytes:
    """SignedInfo after c14n 1.0, with all namespaces and xml: attributes that are in scope where it stands."""
    lone = etree.Element(info.tag, dict(info.attrib), nsmap=info.nsmap)
    for ancestor in info.iterancestors():
        for name, value in ancestor.attrib.items():
            if name.startswith("{http://www.w3.org/XML/1998/namespace}") and name not in lone.attrib:
                lone.set(name, value)
    lone.text = info.text
    for child in info:
        lone.append(copy.deepcopy(child))
    octets: bytes = etree.tostring(lone, method="c14n", with_comments=False)
    return octets


def _certificates(parts: list[Any]) -> tuple[Certificate, ...]:
    texts = [
        element.text
        for part in parts
        if part.tag == f"{_DS}KeyInfo"
        for element in part.iter(f"{_DS}X509Certificate")
    ]
    if len(texts) > _MAX_CERTIFICATES:
        raise XmlError("too_many_certificates")
    found: dict[Certificate, None] = {}
    for text in texts:
        try:
            found[certificates.read(_base64(text))] = None
        except (Asn1Error, XmlError):
            continue  # one that cannot be read is as if it were absent
    if texts and not found:
        raise XmlError("malformed")
    return tuple(found)


def _base64(text: str | None) -> bytes:
    """NCALayer leaves carriage returns inside of the values."""
    try:
        return base64.b64decode(re.sub(r"[^A-Za-z0-9+/=]", "", text or ""), validate=True)
    except (binascii.Error, ValueError):
        raise XmlError("malformed") from None


def _take_out(element: Any) -> None:
    """Remove an element but keep the text that follows it, which lxml would take along."""
    parent, tail, before = element.getparent(), element.tail or "", element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)
