"""What a signature by key brings into an evidence package: CMS, certificates, answers of the authority, time stamp."""

import base64
from collections.abc import Iterable
from typing import Any

from kenes.files import services as files
from kenes.files.models import StoredFile
from kenes.signing.eds.models import EdsProof
from kenes.signing.evidence import answers
from kenes.signing.evidence.parts import Contents
from kenes.signing.models import Signature
from kzsign.evidence_signers import Archived


def add(
    contents: Contents, signature: Signature, cms: StoredFile, folder: str, facts: dict[str, Any]
) -> None:
    """Add the files of the signature and name them in its facts. Asks the authority for what was not kept."""
    proof: EdsProof | None = getattr(signature, "eds_proof", None)
    facts["cms"] = facts["cms_received"] = contents.add(f"{folder}/signature.cms", files.read(cms))
    if proof is not None:
        _add_proof(contents, proof, folder, facts)
    if signature.ocsp_answer:
        facts["ocsp"] = contents.add(f"{folder}/ocsp.der", bytes(signature.ocsp_answer))
    found = answers.collect(
        contents.files[facts["cms"]],
        content=contents.files["document/original.pdf"],
        signed_at=signature.signed_at,
        kept=_kept(signature, proof, facts),
    )
    others = [data for data in found.answers if data != signature.ocsp_answer]
    facts["answers"] = _add_all(contents, f"{folder}/answers", "ocsp.der", others)
    facts["lists"] = _add_all(contents, f"{folder}/answers", "crl", found.lists)
    if signature.time_stamp:
        facts["time_stamp"] = contents.add(f"{folder}/time_stamp.tst", bytes(signature.time_stamp))
    facts["certificate"] = {
        "name": signature.certificate_name or "",
        "bin": signature.certificate_bin,
        "organisation": signature.certificate_organisation,
        "role": signature.certificate_role,
        "algorithm": signature.certificate_algorithm,
        "serial": signature.certificate_serial,
        "sha256": signature.certificate_sha256,
    }
    if signature.report is not None:
        contents.add_json(f"{folder}/report.json", signature.report)


def _add_proof(contents: Contents, proof: EdsProof, folder: str, facts: dict[str, Any]) -> None:
    if proof.stamped_file is not None:
        # The same signature with the time stamp that was asked for at once.
        facts["cms"] = contents.add(f"{folder}/signature-stamped.cms", files.read(proof.stamped_file))
    facts["certificates"] = [
        contents.add(f"{folder}/certificates/{number}.cer", base64.b64decode(data))
        for number, data in enumerate(proof.certificates, start=1)
    ]


def _kept(signature: Signature, proof: EdsProof | None, facts: dict[str, Any]) -> Archived:
    """What was collected when the signature was made; a list that is too large to go along is named instead."""
    own = (bytes(signature.ocsp_answer),) if signature.ocsp_answer else ()
    if proof is None:
        return Archived(own)
    lists = []
    for row in proof.lists.select_related("file").order_by("kept_at", "pk"):
        if row.file is None or row.size > answers.LARGEST_LIST:
            left_out = {"sha256": row.sha256, "size": row.size, "is_kept": row.file is not None}
            facts["lists_left_out"].append({**left_out, "reason": "too_large"})
        else:
            lists.append(files.read(row.file))
    return Archived((*own, *(base64.b64decode(data) for data in proof.answers or ())), tuple(lists))


def _add_all(contents: Contents, folder: str, ending: str, parts: Iterable[bytes]) -> list[str]:
    return [contents.add(f"{folder}/{number}.{ending}", data) for number, data in enumerate(parts, start=1)]
