"""The phone of a person who signs in eGov mobile: documents that wait for a signature, «sign» and «decline»."""

import asyncio
from typing import Any, Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from sandbox.key_choice import Asked, Choice, Who, WrongChoiceError
from sandbox.keys import Keyring
from sandbox.ncalayer import json_object, keep, refuse_other_sites
from sandbox.sigex import Operation, Sigex, content_of
from sandbox.web.pages import Pages

COOKIE: Final = "sandbox_egov"
# On a phone nobody closes a window of keys, and there is no program to switch off.
KINDS: Final = tuple(one for one in Who if one not in {Who.CANCEL, Who.OFF})


class Egov:
    """The phone's pages and their JSON twins."""

    def __init__(self, pages: Pages, keyring: Keyring, sigex: Sigex) -> None:
        self._pages = pages
        self._keyring = keyring
        self._sigex = sigex

    def routes(self) -> list[Route]:
        """All addresses."""
        return [
            Route("/sandbox/egov/", self.requests),
            Route("/sandbox/egov/{operation}/", self.request, methods=["GET", "POST"]),
            Route("/sandbox/egov/{operation}/{index:int}", self.document),
            Route("/sandbox/api/egov/", self.api_requests),
            Route("/sandbox/api/egov/{operation}/", self.api_request, methods=["GET", "POST"]),
        ]

    async def requests(self, request: Request) -> Response:
        """Everything that waits, newest first, then what has ended."""
        items = [one for one in self._sigex.operations() if one.documents]
        return self._pages.page(request, "egov.html", items=items)

    async def request(self, request: Request) -> Response:
        """One request: opening it is reading its QR code."""
        one = self._find(request)
        if request.method == "GET":
            one.scan()
            return self._page(request, one, Choice.from_cookie(request.cookies.get(COOKIE)))
        refuse_other_sites(request)
        form = dict(await request.form())
        try:
            choice = Choice.parse(form)
            await self._act(one, str(form.get("action", "")), choice)
        except WrongChoiceError as problem:
            return self._page(
                request, one, Choice.from_cookie(request.cookies.get(COOKIE)), wrong=str(problem)
            )
        return keep(RedirectResponse(f"/sandbox/egov/{one.id}/", status_code=303), COOKIE, choice)

    async def document(self, request: Request) -> Response:
        """A document as the phone shows it before signing."""
        one, index = self._find(request), request.path_params["index"]
        content = content_of(one.documents[index]) if index < len(one.documents) else None
        if content is None:
            raise HTTPException(404)
        is_pdf = content[:5] == b"%PDF-"
        headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
        if not is_pdf:
            headers["Content-Disposition"] = f'attachment; filename="{index}.bin"'
        return Response(
            content, media_type="application/pdf" if is_pdf else "application/octet-stream", headers=headers
        )

    async def api_requests(self, request: Request) -> Response:
        """`{"items": [{id, state, description, documents}]}`, newest first."""
        return _json({"items": [_item(one) for one in self._sigex.operations()]})

    async def api_request(self, request: Request) -> Response:
        """See or move one request: `{action: scan|sign|refuse|expire, choice, iin, bin, name}`."""
        one = self._find(request)
        if request.method == "POST":
            refuse_other_sites(request)
            values = await json_object(request)
            try:
                await self._act(one, str(values.get("action", "")), Choice.parse(values))
            except WrongChoiceError as problem:
                return JSONResponse({"detail": f"wrong {problem}"}, 400)
        return _json(_item(one))

    async def _act(self, one: Operation, action: str, choice: Choice) -> None:
        """Do what a thumb does; what has ended stays as it is. Raises WrongChoiceError."""
        if one.state not in {"preparing", "waiting", "scanned"}:
            return
        match action:
            case "scan":
                one.scan()
            case "refuse":
                one.refuse()
            case "expire":
                one.expire()
            case "sign":
                await self._sign(one, choice)
            case _:
                raise WrongChoiceError("action")

    async def _sign(self, one: Operation, choice: Choice) -> None:
        if choice.who not in KINDS or not one.documents:
            raise WrongChoiceError("choice")
        one.scan()
        signatures = await asyncio.to_thread(self._signatures, one, choice)
        # Two thumbs at once: the first one counts.
        if one.state == "scanned":
            one.finish(signatures)

    def _signatures(self, one: Operation, choice: Choice) -> list[str]:
        key = self._keyring.find(choice, Asked(bin=choice.bin))
        if key is None:
            raise WrongChoiceError("choice")
        attached = one.method == "CMS_WITH_DATA"
        made = []
        for document in one.documents:
            content = content_of(document) or b""
            armoured = self._keyring.cms(key, content, attached=attached, time_stamp=False)
            made.append("".join(line for line in armoured.splitlines() if not line.startswith("-----")))
        return made

    def _find(self, request: Request) -> Operation:
        one = self._sigex.find(request.path_params["operation"])
        if one is None:
            raise HTTPException(404)
        return one

    def _page(self, request: Request, one: Operation, shown: Choice, *, wrong: str = "") -> Response:
        return self._pages.page(
            request,
            "egov_request.html",
            status=400 if wrong else 200,
            one=one,
            sizes=[len(content_of(document) or b"") for document in one.documents],
            kinds=KINDS,
            shown=shown,
            people=self._keyring.people(),
            wrong=wrong,
        )


def _item(one: Operation) -> dict[str, Any]:
    return {
        "id": one.id,
        "state": one.state,
        "description": one.description,
        "method": one.method,
        "documents": [
            {"name": document["nameRu"], "name_kk": document["nameKz"], "meta": document.get("meta", [])}
            for document in one.documents
        ],
    }


def _json(values: dict[str, Any]) -> JSONResponse:
    return JSONResponse(values, headers={"Cache-Control": "no-store"})
