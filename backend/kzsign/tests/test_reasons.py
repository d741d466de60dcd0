"""Every reason that any part gives can be told to people, in three languages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import kzsign
from kzsign.evidence_texts import LANGUAGES, WORDS, has_words, reason_text, reasons
from kzsign.report import STEP_NAMES

ROOT = Path(kzsign.__file__).parent
_CODE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
# Calls whose arguments are reason codes, and at which place the first of them stands.
_CALLS = {
    "failed": 1, "unknown": 1, "skipped": 1, "passed": 1, "refused": 1, "Step": 2, "Token": 3, "Asn1Error": 0,
    "AlgorithmError": 0, "PackageError": 0, "PdfError": 0, "XmlError": 0,
}  # fmt: skip
# Given by the caller of a function as a word about the place, or passed on with a prefix that the words know.
_NO_REASONS = {"unknown"}


def _codes() -> Iterator[tuple[str, str]]:
    for path in sorted(ROOT.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name not in _CALLS:
                continue
            values = [
                *node.args[_CALLS[name] :],
                *(word.value for word in node.keywords if word.arg == "reason"),
            ]
            for value in values:
                for part in ast.walk(value):
                    if (
                        isinstance(part, ast.Constant)
                        and isinstance(part.value, str)
                        and _CODE.fullmatch(part.value)
                    ):
                        yield part.value, path.name


def test_the_search_finds_reasons() -> None:
    assert len({code for code, _file in _codes()}) > 60


def test_every_reason_in_the_sources_has_words() -> None:
    assert {
        f"{code} ({file})" for code, file in _codes() if not has_words(code) and code not in _NO_REASONS
    } == set()


def test_every_reason_has_all_languages_and_they_differ() -> None:
    for code, texts in reasons().items():
        assert sorted(texts) == sorted(LANGUAGES), code
        assert len(set(texts.values())) == len(LANGUAGES), code
        assert all(text.strip() for text in texts.values()), code


@pytest.mark.parametrize("language", LANGUAGES)
def test_composed_reasons_are_told_by_their_parts(language: str) -> None:
    told = reason_text("timestamp_untrusted", language)

    assert told.startswith(reasons()["timestamp_"][language])
    assert told.endswith(reasons()["untrusted"][language])
    assert reason_text("nobody_knows_this", language) == "nobody_knows_this"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_has_a_name(language: str) -> None:
    assert set(WORDS[language].signer_steps) == set(STEP_NAMES)
