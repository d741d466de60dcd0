"""Windows of the browser: sizes, languages, and what must never happen in any of them."""

import re
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    TimeoutError,
    ViewportSize,
    expect,
)

from e2e import settling
from e2e.words import Words, words_of

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1280, "height": 800}
NARROW: ViewportSize = {"width": 360, "height": 740}
AXE = Path(__file__).resolve().parents[1] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
# A slow machine is not a fault of the product.
PATIENCE_MS = 20_000
expect.set_options(timeout=PATIENCE_MS)


@dataclass
class Guard:
    """Collects what no screen may do: leave the origin, throw, answer 500, hide an error in the console."""

    origin: str
    allowed_statuses: set[int] = field(default_factory=set)
    offline_expected: bool = False
    problems: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("request", self._on_request)
        page.on("response", self._on_response)
        page.on("pageerror", lambda error: self.problems.append(f"{page.url} uncaught: {error}"))
        page.on("console", self._on_console)

    def _on_request(self, request: Request) -> None:
        if not request.url.startswith((self.origin, "data:", "blob:")):
            self.problems.append(f"left the origin: {request.url}")

    def _on_response(self, response: Response) -> None:
        if response.status >= 500 and response.status not in self.allowed_statuses:
            self.problems.append(f"{response.status} {response.request.method} {response.url}")

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type != "error":
            return
        # The browser itself notes refused and lost requests; refusals are answers, not faults.
        if re.search(r"Failed to load resource.*status of (4\d\d)", message.text):
            return
        if re.search(r"Failed to load resource.*status of (5\d\d)", message.text):
            return  # judged by _on_response
        if self.offline_expected and re.search(r"ERR_INTERNET_DISCONNECTED|WebSocket|net::", message.text):
            return
        self.problems.append(f"console: {message.text} ({message.location.get('url', '')})")

    def require_quiet(self) -> None:
        assert not self.problems, "\n".join(self.problems)


class Screen:
    """One window with its language; `judge` looks at the page as a picture cannot."""

    def __init__(self, context: BrowserContext, base_url: str, words: Words) -> None:
        self.context, self.base_url, self.words = context, base_url, words
        self.guard = Guard(base_url)
        self.page = context.new_page()
        self.page.set_default_timeout(PATIENCE_MS)
        self.guard.watch(self.page)
        settling.watch(self.page)

    def go(self, path: str = "") -> None:
        """Open an address below the language, "/verify", when what was pressed before has been answered."""
        settling.settle()
        self.page.goto(f"{self.base_url}/{self.words.language}{path}")

    def press(self, key: str, *, exact: bool = True) -> None:
        """Press the button that says the text, or the link if there is no button."""
        text = self.words(key)
        button = self.page.get_by_role("button", name=text, exact=exact)
        link = self.page.get_by_role("link", name=text, exact=exact)
        button.or_(link).first.wait_for()
        (button if button.count() else link).first.click()

    def heading(self, key: str) -> None:
        """Wait for the heading."""
        self.page.get_by_role("heading", name=self.words.shape(key)).first.wait_for()

    def sees(self, text: str | re.Pattern[str], *, seconds: float = 20) -> None:
        """Wait for a visible text."""
        self.page.get_by_text(text).locator("visible=true").first.wait_for(timeout=seconds * 1000)

    def sees_word(self, key: str, *, seconds: float = 20) -> None:
        self.sees(self.words.shape(key), seconds=seconds)

    def refused(self, path: str) -> None:
        """The address is there, but not for this person."""
        self.go(path)
        self.heading("states.refusedTitle")
        self.judge()

    def absent(self, path: str) -> None:
        """For this person there is nothing at the address, not even a hint that there might be."""
        self.go(path)
        self.heading("states.notFoundTitle")
        self.judge()

    def judge(self) -> None:
        """Note findings of axe, sideways scroll at this width, a missing title or language; they fail the test at its end."""
        page = self.page
        # After a move inside the application title and heading come with the rest of the page, a moment later.
        with suppress(TimeoutError):
            page.wait_for_function("document.title !== '' && document.querySelector('h1')", timeout=5000)
        found = axe_findings(page)
        if not page.title():
            found.append("no title")
        if page.locator("html").get_attribute("lang") != self.words.language:
            found.append("wrong language of the page")
        overflow = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if overflow > 0:
            found.append(f"scrolls sideways by {overflow} px: {_widest(page)}")
        self.guard.problems += [f"{page.url}: {finding}" for finding in found]

    def close(self, artefacts: Path | None) -> None:
        """Close the window; with `artefacts` keep a picture and the trace first."""
        if artefacts is not None:
            artefacts.mkdir(parents=True, exist_ok=True)
            try:
                self.page.screenshot(path=artefacts / "page.png", full_page=True, timeout=5000)
            except TimeoutError:
                (artefacts / "no-picture").touch()
            (artefacts / "page.html").write_text(self.page.content(), encoding="utf-8")
            (artefacts / "notes.txt").write_text("\n".join([self.page.url, *self.guard.problems]))
            self.context.tracing.stop(path=artefacts / "trace.zip")
        self.context.close()


def open_screen(
    browser: Browser, base_url: str, language: str, *, size: ViewportSize = PHONE, **options: Any
) -> Screen:
    """A fresh window (own cookies) that traces what it does."""
    is_phone = size["width"] < 600
    context = browser.new_context(
        viewport=size,
        has_touch=is_phone,
        is_mobile=is_phone,
        locale={"ru": "ru-RU", "kk": "kk-KZ", "en": "en-GB"}[language],
        timezone_id="Asia/Almaty",
        reduced_motion="reduce",
        accept_downloads=True,
        **options,
    )
    context.tracing.start(screenshots=False, snapshots=True)
    return Screen(context, base_url, words_of(language))


def axe_findings(page: Page) -> list[str]:
    """What axe finds on the page as it stands, one line a finding."""
    if not page.evaluate("typeof window.axe !== 'undefined'"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']}).then(r => r.violations)")
    return [
        f"{rule['id']} ({rule['impact']}): "
        + "; ".join(f"{node['html'][:160]} [{node['failureSummary'][:200]}]" for node in rule["nodes"][:3])
        for rule in found
    ]


def _widest(page: Page) -> str:
    """The element that sticks out most, to name it in a failure."""
    return str(
        page.evaluate(
            """() => {
              const wide = document.documentElement.clientWidth;
              const out = [...document.querySelectorAll('body *')]
                .map((e) => [e.getBoundingClientRect().right, e])
                .filter(([right]) => right > wide + 1)
                .sort((a, b) => b[0] - a[0]);
              return out.length ? out[0][1].outerHTML.slice(0, 200) : 'nothing found';
            }"""
        )
    )
