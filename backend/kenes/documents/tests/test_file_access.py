"""Files of letters by their own id: for whoever may download that very file of the letter."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kenes.accounts.models import User
from kenes.cases.models import Case
from kenes.documents.models import Document
from kenes.documents.tests.test_creditor_view import Side, arrive, case, sides

__all__ = ["case", "sides"]  # fixtures
pytestmark = pytest.mark.django_db
ApiFor = Callable[[User], Any]


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def opened(api: Any, letter: Document) -> set[str]:
    """Which files of the letter can be asked for by their id."""
    letter.refresh_from_db()
    of_format = {"pdf": letter.pdf_file_id, "docx": letter.docx_file_id, "sealed": letter.sealed_file_id}
    found = {
        name
        for name, file_id in of_format.items()
        if file_id and api.call("get", f"/files/{file_id}/").status_code == 200
    }
    for name, file_id in of_format.items():
        if file_id:
            link = api.call("post", f"/files/{file_id}/link/", {"form": "original"}).status_code
            assert (link == 200) == (name in found)
    return found


def test_the_borrower_opens_all_files_and_a_stranger_none(
    case: Case, borrower: User, stranger: User, sides: tuple[Side, Side], api_for: ApiFor
) -> None:
    letter = sides[0].letter
    assert opened(api_for(borrower), letter) == {"pdf", "docx"}
    assert opened(api_for(stranger), letter) == set()
    arrive(sides[0])
    assert opened(api_for(borrower), letter) == {"pdf", "docx", "sealed"}


def test_a_creditor_opens_what_reached_it_and_never_the_draft(
    case: Case, sides: tuple[Side, Side], api_for: ApiFor
) -> None:
    one, other = sides
    assert opened(api_for(one.officer), one.letter) == set()
    arrive(one)
    assert opened(api_for(one.officer), one.letter) == {"pdf", "sealed"}
    assert opened(api_for(other.officer), one.letter) == set()
    assert opened(api_for(one.officer), other.letter) == set()
