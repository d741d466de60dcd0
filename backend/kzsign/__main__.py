"""The command line of kzsign."""

import sys

from kzsign.cli import main

if __name__ == "__main__":
    sys.exit(main())
