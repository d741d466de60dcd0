"""What is left in the hands of people: a package that proves itself without us, and a check for everybody."""

import io
import json
import re
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import httpx
import pytest

from e2e.browser import DESKTOP, Screen
from e2e.kenes_client import Refused, Sandbox
from e2e.roles import NewScreen, window
from e2e.screens.signing import Signing
from e2e.stories import Story, ready_letter, signed_up

PYTHON = "/usr/bin/python3"


def _signed_by_key(new_screen: NewScreen, base_url: str) -> tuple[Screen, Story]:
    story = ready_letter(base_url, Sandbox(base_url))
    screen = window(new_screen, story.kenes, f"/sign/{story.document_id}", size=DESKTOP)
    page = Signing(screen, story.document_id).read_to_end().choose("ncalayer")
    page.sign_by_key(choice="asked", name=story.person.full_name)
    page.is_signed()
    story.require_status("accepted")
    return screen, story


def _package(screen: Screen, story: Story) -> bytes:
    """Order the package on the page of the document and load it when it is ready."""
    screen.go(f"/documents/{story.document_id}")
    screen.press("evidence.prepare")
    link = screen.page.get_by_role("link", name=screen.words.shape("evidence.download"))
    link.wait_for(timeout=90_000)
    screen.judge()
    with screen.page.expect_download() as waiting:
        link.click()
    return waiting.value.path().read_bytes()


def _judged(folder: Path, *arguments: str) -> tuple[int, dict[str, Any]]:
    """What the program inside says: run by the system's Python alone, without network names or any package."""
    command = ["unshare", "--net", PYTHON, "-I", "check.pyz", "--json", *arguments]
    done = subprocess.run(
        command, cwd=folder, env={}, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)


def _check(base_url: str, signature: bytes, document: bytes | None = None) -> dict[str, Any]:
    """The public check, as anybody calls it."""
    files = {"signature": ("signature", signature)}
    if document is not None:
        files["document"] = ("document", document)
    answer = httpx.post(f"{base_url}/api/v1/signatures/verify/", files=files, timeout=30, trust_env=False)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_a_package_proves_itself_and_every_change_is_seen(
    new_screen: NewScreen, base_url: str, tmp_path: Path
) -> None:
    screen, story = _signed_by_key(new_screen, base_url)
    raw = _package(screen, story)
    zipfile.ZipFile(io.BytesIO(raw)).extractall(tmp_path)
    code, report = _judged(tmp_path)
    assert (code, report["verdict"]) == (0, "valid"), report
    assert [one["iin"] for one in report["signers"]] == [story.person.iin]
    assert {one["time_source"] for one in report["signers"]} == {"timestamp"}
    document, cms = tmp_path / "document/original.pdf", tmp_path / "signatures/01/signature.cms"
    _public_check(base_url, story, raw, cms.read_bytes(), document.read_bytes())
    guest = new_screen("kk")
    _judged_on_page(guest, "valid", file=cms.read_bytes(), document=document.read_bytes())
    guest.sees(re.compile(story.person.iin))
    _judged_on_page(guest, "invalid", file=cms.read_bytes(), document=b"%PDF-1.7 other")
    _judged_on_page(guest, "valid", file=raw)
    for file in (document, cms, tmp_path / "events/chain.json", tmp_path / "signatures/01/signature.json"):
        whole = file.read_bytes()
        spoiled = bytearray(whole)
        spoiled[len(spoiled) // 2] ^= 1
        file.write_bytes(bytes(spoiled))
        assert _judged(tmp_path)[0] == 1, file
        file.write_bytes(whole)
    (tmp_path / "anchors-of-mine").mkdir()
    assert _judged(tmp_path, "--anchors", "anchors-of-mine")[0] != 0
    assert _judged(tmp_path)[0] == 0


def _public_check(base_url: str, story: Story, package: bytes, cms: bytes, pdf: bytes) -> None:
    whole = _check(base_url, cms, pdf)
    assert (whole["verdict"], whole["format"]) == ("valid", "cms"), whole
    assert whole["signers"][0]["iin"] == story.person.iin
    assert _check(base_url, cms, pdf + b"\n")["verdict"] == "invalid"
    assert _check(base_url, cms)["verdict"] != "valid"
    assert _check(base_url, package)["verdict"] == "valid"
    assert _check(base_url, b"nothing")["verdict"] == "invalid"


def _judged_on_page(screen: Screen, key: str, **files: bytes) -> None:
    """The public page judges files, by the field that each is put into."""
    screen.go("/verify")
    for field, data in files.items():
        name = {"name": f"{field}.bin", "mimeType": "application/octet-stream", "buffer": data}
        screen.page.locator(f"#verify-{field}").set_input_files(name)  # type: ignore[arg-type]
    screen.press("signatureCheck.check")
    screen.heading(f"signatureCheck.verdict.{key}.title")
    screen.judge()


def test_a_package_is_checked_in_the_browser_and_sent_nowhere(new_screen: NewScreen, base_url: str) -> None:
    screen, story = _signed_by_key(new_screen, base_url)
    raw = _package(screen, story)
    guest = new_screen("ru", size=DESKTOP)
    sent: list[str] = []
    guest.page.on("request", lambda one: sent.append(one.url) if one.post_data_buffer else None)
    guest.go("/verify/offline")
    for data, key in ((raw, "valid"), (_spoiled(raw), "invalid")):
        file = {"name": "package.zip", "mimeType": "application/zip", "buffer": data}
        guest.page.locator("#offline-file").set_input_files(file)  # type: ignore[arg-type]
        guest.press("signatureCheck.offline.start")
        verdict = guest.words(f"signatureCheck.verdict.{key}.title")
        guest.page.get_by_role("heading", name=verdict).wait_for(timeout=90_000)
        guest.judge()
    assert sent == []


def _spoiled(package: bytes) -> bytes:
    """The package with another document in the place of the signed one."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as whole, zipfile.ZipFile(out, "w") as changed:
        for name in whole.namelist():
            data = whole.read(name)
            changed.writestr(name, data + b"\n" if name == "document/original.pdf" else data)
    return out.getvalue()


def test_nobody_else_gets_the_package(new_screen: NewScreen, sandbox: Sandbox, base_url: str) -> None:
    story = ready_letter(base_url, sandbox)
    story.sign()
    stranger, _person = signed_up(base_url, sandbox)
    address = f"/documents/{story.document_id}/evidence/"
    for call in (
        lambda: stranger.post(address),
        lambda: stranger.get(address),
        lambda: stranger.content(f"{address}file/"),
    ):
        with pytest.raises(Refused) as refused:
            call()
        assert refused.value.status == 404
