"""Entry point of the one-machine stack: `python3 deploy/local/stack.py COMMAND`.

Only the standard library is used, because this program also installs everything else.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

if sys.version_info < (3, 11):
    sys.exit("Kenes Hub needs Python 3.11 or newer; this one is " + sys.version.split()[0])

from onebox.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
