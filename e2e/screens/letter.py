"""Reading and signing one letter."""

import re

from playwright.sync_api import Download

from e2e.browser import Screen
from e2e.kenes_client import Sandbox
from e2e.screens.signing import read_to_end


class Letter:
    """The letter of an open case."""

    def __init__(self, screen: Screen, sandbox: Sandbox, phone: str) -> None:
        self.screen, self.sandbox, self.phone = screen, sandbox, phone
        self.page, self.words = screen.page, screen.words

    def open_from_case(self) -> str:
        """Wait on the page of the case until the letter is there by itself, and open it for signing."""
        link = self.page.get_by_role("link", name=self.words("cases.now.actions.sign"))
        link.first.wait_for(timeout=90_000)
        link.first.click()
        self.page.wait_for_url(re.compile(r"/sign/[0-9a-f-]{36}"))
        return self.page.url.rsplit("/", 1)[-1]

    def require_pages(self) -> int:
        """Every page is a picture that did load."""
        pictures = self.page.locator("ol img")
        pictures.first.wait_for()
        for picture in pictures.all():
            picture.scroll_into_view_if_needed()
            self.page.wait_for_function(
                "(e) => e.complete && e.naturalWidth > 300", arg=picture.element_handle()
            )
        return pictures.count()

    def ask_code(self) -> int:
        """Read to the end and ask for the code; gives how many messages the phone had before."""
        read_to_end(self.screen)
        known = len(self.sandbox.messages(self.phone))
        self.screen.press("signing.getCode")
        self.page.get_by_label(self.words("common.code.label")).wait_for()
        return known

    def enter(self, code: str) -> None:
        self.page.get_by_label(self.words("common.code.label")).fill(code)

    def sign(self) -> None:
        """Code from the phone; ends on «signed»."""
        known = self.ask_code()
        self.enter(self.sandbox.new_code(self.phone, known))
        self.screen.heading("signing.signed.title")

    def download(self, key: str) -> bytes:
        """What the link with the text gives."""
        with self.page.expect_download() as waiting:
            self.page.get_by_role("link", name=self.words(key)).first.click()
        got: Download = waiting.value
        return got.path().read_bytes()
