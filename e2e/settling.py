"""Nobody looks elsewhere while a change that was asked for in a window is still under way: a person sees the answer first."""

import threading
import time
from contextlib import suppress

from playwright.sync_api import Error, Page, Request

# Long enough for a press to become a request.
PRESS_MS = 60
PATIENCE_SECONDS = 20
_under_way: dict[Page, set[Request]] = {}


def watch(page: Page) -> None:
    """Follow the changes that this window asks for, until it is closed."""
    asked = _under_way.setdefault(page, set())

    def ask(request: Request) -> None:
        if request.method not in {"GET", "HEAD", "OPTIONS"} and request.resource_type != "ping":
            asked.add(request)

    page.on("request", ask)
    page.on("requestfinished", lambda request: asked.discard(request))
    page.on("requestfailed", lambda request: asked.discard(request))
    page.on("close", lambda closed: _under_way.pop(closed, None))


def settle() -> None:
    """Wait until no window waits for the answer to a change, 20 seconds at most: what hangs is judged by the test itself."""
    if not _under_way or threading.current_thread() is not threading.main_thread():
        return
    end = time.monotonic() + PATIENCE_SECONDS
    page = next(iter(_under_way))
    with suppress(Error):  # closed meanwhile: nothing to wait for
        page.wait_for_timeout(PRESS_MS)
        while any(_under_way.values()) and time.monotonic() < end:
            page.wait_for_timeout(PRESS_MS)
