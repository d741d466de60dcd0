"""`python -m kzsign.testing authority --dir DIR`: makes the demonstration's certificate authority, once."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kzsign import certificates
from kzsign.testing.demo import make_keys
from kzsign.testing.store import open_authority


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0; 1 with the reason when the folder cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m kzsign.testing", description=__doc__)
    command = parser.add_subparsers(dest="command", required=True).add_parser("authority")
    command.add_argument("--dir", type=Path, required=True, help="folder of the authority")
    command.add_argument("--address", default="", help="what stands before the addresses in its certificates")
    given = parser.parse_args(arguments)
    try:
        authority = open_authority(given.dir, address=given.address)
        keys = make_keys(authority)
    except (OSError, ValueError, KeyError) as problem:
        sys.stderr.write(f"The authority in {given.dir} cannot be used: {problem}\n")
        return 1
    for one in keys:
        read = certificates.read(one.identity.certificate)
        sys.stdout.write(f"{one.name:<18} {read.full_name} {read.role} until {read.not_after:%Y-%m-%d}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
