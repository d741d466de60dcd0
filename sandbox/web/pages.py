"""Pages for people: phones, mailboxes, switches. Responsive, in three languages."""

import re
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from sandbox import mail, sms, smtp, switches
from sandbox.web import texts

_HERE: Final = Path(__file__).parent
_TEMPLATES: Final = Environment(
    loader=FileSystemLoader(_HERE / "templates"),
    autoescape=select_autoescape(),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_HEADERS: Final = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self'; connect-src 'self'; "
        "img-src 'self' data:; frame-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'self'"
    ),
}
MAGIC_NUMBERS: Final = tuple(f"{number:02d}" for number in range(1, 15))
MAGIC_MAILBOXES: Final = [
    "hard",
    "full",
    "policy",
    "soft",
    "greylist",
    "slow",
    "drop",
    "late-bounce",
    "complaint",
    "autoreply",
    "dup",
]

ApplySwitches = Callable[[dict[str, str]], Awaitable[None]]


class Pages:
    """The HTML pages under `/sandbox/`."""

    def __init__(self, connection: sqlite3.Connection, apply_switches: ApplySwitches) -> None:
        self._connection = connection
        self._apply_switches = apply_switches

    def routes(self) -> list[Route]:
        """All pages."""
        return [
            Route("/sandbox/", self.home),
            Route("/sandbox/phones/", self.phones),
            Route("/sandbox/phones/{number}", self.phone),
            Route("/sandbox/phones/{number}/", self.phone),
            Route("/sandbox/mail/", self.mailboxes),
            Route("/sandbox/mail/{mail_id:int}/", self.letter),
            Route("/sandbox/mail/{mail_id:int}.eml", self.source),
            Route("/sandbox/mail/{mail_id:int}/attachments/{index:int}", self.attachment),
            Route("/sandbox/switches/", self.switches, methods=["GET", "POST"]),
        ]

    async def home(self, request: Request) -> Response:
        """Where everything is."""
        return self.page(request, "home.html")

    async def phones(self, request: Request) -> Response:
        """Numbers that got messages, newest first; the form opens any number."""
        typed = request.query_params.get("number")
        if typed is not None:
            number = normalize_phone(typed)
            if number:
                return RedirectResponse(f"/sandbox/phones/+{number}", status_code=303)
        return self.page(
            request,
            "phones.html",
            status=200 if typed is None else 400,
            phones=sms.phones(self._connection),
            typed=typed,
        )

    async def phone(self, request: Request) -> Response:
        """The screen of one phone."""
        number = normalize_phone(request.path_params["number"])
        if not number:
            raise HTTPException(404)
        messages = sms.inbox(self._connection, number)
        arrived = [row for row in messages if sms.code_in(row["text"])]
        code = sms.code_in(arrived[0]["text"]) if arrived else ""
        return self.page(request, "phone.html", number=number, messages=messages, code=code)

    async def mailboxes(self, request: Request) -> Response:
        """Letters newest first, of one mailbox when asked."""
        to = request.query_params.get("to", "").strip()
        return self.page(
            request,
            "mail.html",
            to=to,
            letters=mail.search(self._connection, to=to),
            mailboxes=mail.mailboxes(self._connection),
        )

    async def letter(self, request: Request) -> Response:
        """One letter with headers, bodies and files."""
        mail_id = request.path_params["mail_id"]
        row, raw = mail.get(self._connection, mail_id), mail.raw(self._connection, mail_id)
        if row is None or raw is None:
            raise HTTPException(404)
        return self.page(request, "letter.html", row=row, letter=mail.parse(raw))

    async def source(self, request: Request) -> Response:
        """The letter as it came over the wire."""
        return source_response(self._connection, request.path_params["mail_id"])

    async def attachment(self, request: Request) -> Response:
        """One decoded file of a letter."""
        params = request.path_params
        return attachment_response(self._connection, params["mail_id"], params["index"])

    async def switches(self, request: Request) -> Response:
        """See and move the switches."""
        if request.method == "POST":
            if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
                raise HTTPException(403)
            form = await request.form()
            chosen = {name: str(form[name]) for name in switches.CHOICES if name in form}
            if "restore" in form:
                chosen = dict.fromkeys(switches.CHOICES, "ok")
            try:
                await self._apply_switches(chosen)
            except switches.UnknownSwitchError as problem:
                raise HTTPException(400) from problem
            return RedirectResponse("/sandbox/switches/?applied=1", status_code=303)
        return self.page(
            request,
            "switches.html",
            choices=switches.CHOICES,
            applied="applied" in request.query_params,
            magic_numbers=MAGIC_NUMBERS,
            magic_mailboxes=MAGIC_MAILBOXES,
            refusals=smtp.REFUSALS,
        )

    async def not_found(self, request: Request, problem: Exception) -> Response:
        """A plain page for an address that does not exist."""
        status = problem.status_code if isinstance(problem, HTTPException) else 404
        return self.page(request, "missing.html", status=status)

    def page(self, request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
        """A template in the language of the visitor, with everything that all pages share."""
        language, asked = _language(request)
        positions = switches.positions(self._connection)
        html = _TEMPLATES.get_template(template).render(
            language=language,
            languages=texts.LANGUAGES,
            path=request.url.path,
            query={key: value for key, value in request.query_params.items() if key != "lang"},
            t=lambda key, **fields: texts.text(language, key, **fields),
            moment=lambda seconds: texts.moment(language, seconds),
            size=lambda octets: texts.size(language, octets),
            clock=texts.clock,
            show_phone=texts.phone,
            code_in=sms.code_in,
            positions=positions,
            failing=any(value != "ok" for value in positions.values()),
            **values,
        )
        response = HTMLResponse(html, status_code=status, headers=_HEADERS)
        if asked:
            response.set_cookie("sandbox_lang", language, path="/sandbox/", samesite="lax")
        return response


def normalize_phone(text: str) -> str:
    """Digits of a Kazakhstan mobile number typed in any usual way, or "" when it is not one."""
    digits = re.sub(r"[^0-9]", "", text)
    if len(digits) == 11 and digits[0] == "8":
        digits = "7" + digits[1:]
    if len(digits) == 10:
        digits = "7" + digits
    return digits if re.fullmatch(r"77[0-9]{9}", digits) else ""


def source_response(connection: sqlite3.Connection, mail_id: int) -> Response:
    """The raw source as a download; 404 for an unknown letter."""
    raw = mail.raw(connection, mail_id)
    if raw is None:
        raise HTTPException(404)
    return _download(raw, f"{mail_id}.eml", "message/rfc822")


def attachment_response(connection: sqlite3.Connection, mail_id: int, index: int) -> Response:
    """A decoded file as a download; 404 for an unknown letter or file."""
    raw = mail.raw(connection, mail_id)
    files = mail.parse(raw).attachments if raw is not None else ()
    for file in files:
        if file.index == index:
            return _download(file.data, file.name, file.mime)
    raise HTTPException(404)


def _download(data: bytes, name: str, mime: str) -> Response:
    headers = _HEADERS | {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}
    safe_mime = mime if re.fullmatch(r"[\w.+-]+/[\w.+-]+", mime) else "application/octet-stream"
    return Response(data, media_type=safe_mime, headers=headers)


def _language(request: Request) -> tuple[str, bool]:
    asked = request.query_params.get("lang", "")
    if asked in texts.LANGUAGES:
        return asked, True
    kept = request.cookies.get("sandbox_lang", "")
    if kept in texts.LANGUAGES:
        return kept, False
    for part in request.headers.get("accept-language", "").split(","):
        code = part.split(";")[0].strip().lower()[:2]
        if code in texts.LANGUAGES:
            return code, False
    return "ru", False
