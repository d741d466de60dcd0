"""Names as people may give them, and what is kept of them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kenes.files import names

KINDS = sorted(names._ENDINGS)


@pytest.mark.parametrize(
    ("given_name", "mime", "kept"),
    [
        ("../../etc/passwd", "", "passwd"),
        ("..\\..\\windows\\win.ini", "", "win.ini"),
        ("C:\\docs\\Справка.pdf", "application/pdf", "Справка.pdf"),
        ("Анкета\u202efdp.exe", "application/pdf", "Анкетаfdp.exe.pdf"),
        ("invoice.pdf.exe", "application/pdf", "invoice.pdf.exe.pdf"),
        ("photo.JPG", "image/jpeg", "photo.JPG"),
        ("photo", "image/heic", "photo.heic"),
        ("a\x00b\r\nc.txt", "text/plain", "ab c.txt"),
        ("\ud800x.pdf", "application/pdf", "x.pdf"),
        ("  ..  ", "application/pdf", "file.pdf"),
        ("", "", "file"),
        ("выписка\u00a0за  май.pdf", "application/pdf", "выписка за май.pdf"),
        ("Әділет – қарыз №5 (көшірме).docx", "", "Әділет – қарыз №5 (көшірме).docx"),
        ('a<b>:"|?*.pdf', "application/pdf", "a_b______.pdf"),
        ("я" * 300 + ".pdf", "application/pdf", "я" * 196 + ".pdf"),
    ],
)
def test_names_are_cleaned(given_name: str, mime: str, kept: str) -> None:
    assert names.clean(given_name, mime) == kept


@given(name=st.text(max_size=400), mime=st.sampled_from(["", *KINDS]))
def test_no_name_does_harm(name: str, mime: str) -> None:
    kept = names.clean(name, mime)
    assert 1 <= len(kept) <= names.MAX_CHARACTERS
    assert kept.isprintable() and not set(kept) & set('/\\<>:"|?*')
    assert kept not in {".", ".."} and not kept.startswith(".")
    assert unicodedata.is_normalized("NFC", kept)
    assert not any(unicodedata.category(char) in {"Cc", "Cf", "Cs"} for char in kept)
    if mime:
        assert kept.rpartition(".")[2].lower() in names._ENDINGS[mime]


@given(name=st.text(max_size=300), mime=st.sampled_from(["", *KINDS]))
def test_a_clean_name_stays_as_it_is(name: str, mime: str) -> None:
    kept = names.clean(name, mime)
    assert names.clean(kept, mime) == kept
