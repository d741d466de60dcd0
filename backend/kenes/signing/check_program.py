"""Judge one signature. Runs by itself in a limited process: octets in, one JSON object out; knows nothing of the product.

`sys.argv[1]` holds the options as JSON: where `kzsign` lies, how many octets are the signature and the document, whom to
trust, whom to ask about revocation.
"""

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any


def main() -> int:
    options: dict[str, Any] = json.loads(sys.argv[1])
    sys.path.insert(0, options["package_root"])
    import kzsign

    data = sys.stdin.buffer.read()
    size, document_size = options["signature_bytes"], options["document_bytes"]
    report = kzsign.verify(
        data[:size],
        document=None if document_size is None else data[size : size + document_size],
        trust=_trust(options),
        at=None if options["at"] is None else datetime.fromisoformat(options["at"]),
        revocation=_revocation(options),
    )
    sys.stdout.buffer.write(json.dumps(report.as_json()).encode("utf-8", "backslashreplace"))
    return 0


def _trust(options: dict[str, Any]) -> Any:
    from kzsign import Trust, trust

    national = trust.load(Path(options["anchors_dir"]), allow_test=options["test_anchors"]).trust
    own = Trust.of(*(bytes.fromhex(text) for text in options["seal_authorities"]))
    return national.joined(
        Trust(own.anchors, without_revocation=frozenset(one.sha256 for one in own.anchors))
    )


def _revocation(options: dict[str, Any]) -> Any:
    """The authority's responder and the lists that are kept here; nobody when the product knows no address."""
    from kzsign import RevocationPolicy

    lists = Path(options["lists_dir"])
    if not options["ocsp_url"] and not options["hosts"] and not lists.is_dir():
        return RevocationPolicy.ARCHIVED
    from kzsign.online import OnlineSource

    return OnlineSource.of(
        ocsp_url=options["ocsp_url"],
        hosts=options["hosts"],
        lists=lists if lists.is_dir() else None,
        seconds=options["seconds"],
    )


if __name__ == "__main__":
    sys.exit(main())
