"""Reading a document to its end and answering in one of the ways: a code, an own key, a phone with eGov mobile, a paper."""

import re
from contextlib import suppress

from playwright.sync_api import TimeoutError

from e2e.browser import Screen
from e2e.signing_phone import SigningPhone, choose_key


class Signing:
    """The page of signing, opened by its address."""

    def __init__(self, screen: Screen, document_id: str) -> None:
        self.screen, self.document_id = screen, document_id
        self.page, self.words = screen.page, screen.words
        self.phone = SigningPhone(screen.base_url)

    def open(self) -> "Signing":
        self.screen.go(f"/sign/{self.document_id}")
        return self

    def read_to_end(self) -> "Signing":
        """Come to the end of the text as a reader does; ends where the ways to sign are shown."""
        read_to_end(self.screen)
        return self

    def choose(self, way: str) -> "Signing":
        """Choose `sms`, `ncalayer`, `egov_qr` or `paper` among the ways that are open."""
        name = self.words(f"signing.ways.{way}.name")
        self.page.get_by_role("radio", name=re.compile(re.escape(name))).check(force=True)
        return self

    def sign_by_key(self, **choice: str) -> None:
        """Have NCALayer of this window sign with the chosen key; see `sandbox/README.md` for the choices."""
        choose_key(self.screen, **choice)
        self.screen.press("signing.ncalayer.sign")

    def sign_again_by_key(self, **choice: str) -> None:
        """The same after a refusal."""
        self.sign_by_key(**choice)

    def ask_qr(self) -> str:
        """Have the QR code shown; gives the id of the request on the phone."""
        known = self.phone.ids()
        self.screen.press("signing.qr.show")
        self.page.get_by_alt_text(self.words("signing.qr.alt")).wait_for(state="attached")
        return self.phone.new_request(known)

    def is_refused_with(self, text: str | re.Pattern[str]) -> None:
        """The page says why, and nothing is signed."""
        self.page.get_by_role("alert").filter(has_text=text).first.wait_for()

    def is_signed(self) -> None:
        self.screen.heading("signing.signed.title")


def read_to_end(screen: Screen) -> None:
    """Wait for the end of the text or bring it about; the mark goes by itself as soon as it is in sight."""
    done = screen.page.get_by_role("button", name=screen.words("signing.reading.done"))
    title = screen.page.locator("#signing-title")
    done.or_(title).first.wait_for()
    if done.count():
        # It may be seen, and gone, at this very moment.
        with suppress(TimeoutError):
            done.scroll_into_view_if_needed(timeout=2000)
    title.wait_for()
