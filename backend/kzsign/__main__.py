"""The command line of kzsign."""

import sys
import traceback

from kzsign.cli import BAD_CALL, main

if __name__ == "__main__":
    try:
        code = main()
    except Exception:  # Python would end with 1, which says «invalid» here
        traceback.print_exc()
        code = BAD_CALL
    sys.exit(code)
