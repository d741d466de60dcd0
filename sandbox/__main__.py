"""Run the sandbox: `python -m sandbox` from the root of the repository."""

import logging
import signal
import sys
from pathlib import Path

import uvicorn

# The library of national signatures lies beside the product and is no part of it.
sys.path.append(str(Path(__file__).resolve().parent.parent / "backend"))

from sandbox.app import create_app
from sandbox.ncalayer import MAX_MESSAGE
from sandbox.settings import Settings, SettingsError


def main() -> int:
    """Serve until INT, TERM or HUP; exit code 2 when a setting is wrong."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    try:
        settings = Settings.from_environment()
    except SettingsError as problem:
        sys.stderr.write(f"{problem}\n")
        return 2
    server = uvicorn.Server(
        uvicorn.Config(
            create_app(settings),
            host=settings.host,
            port=settings.http_port,
            # Request lines hold the API key and phone numbers.
            access_log=False,
            ws_max_size=MAX_MESSAGE,
            timeout_graceful_shutdown=2,
        )
    )
    signal.signal(signal.SIGHUP, lambda *_: setattr(server, "should_exit", True))
    server.run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
