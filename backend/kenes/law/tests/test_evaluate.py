"""The evaluate command: its form is used by scripts."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

LINES: dict[str, list[dict[str, Any]]] = {
    "numbers": [
        {"id": "1", "kind": "iin", "value": "900101300007", "expect": {"valid": True, "normalized": "900101300007", "birth_date": "1990-01-01", "sex": "M"}},
        {"id": "2", "kind": "phone", "value": "8 701", "expect": {"valid": False, "reason": "length"}},
    ],
    "deadlines": [
        {"id": "1", "rule": "LENDER_REPLY", "start": "2026-03-06", "calendar": {"extra_holidays": ["2026-03-26"], "extra_workdays": []}, "expect": {"due": "2026-03-27"}},
        {"id": "2", "rule": "INSCRIPTION_COPY_SENT", "start": "2026-11-27", "calendar": {"extra_holidays": [], "extra_workdays": ["2026-11-28"]}, "expect": {"due": "2026-11-28"}},
    ],
    "amounts": [
        {"id": "1", "amount_tiyn": 11230, "expect": {"ru": "Сто двенадцать тенге 30 тиын", "en": "One hundred twelve tenge 30 tiyn"}},
        {"id": "2", "amount_tiyn": 200, "expect": {"kk": "Екі теңге 00 тиын"}},
    ],
    "names": [
        {"id": "1", "full_name": "Ким Анна Ильинична", "gender": "female", "expect": {"genitive": "Ким Анны Ильиничны", "dative": "Ким Анне Ильиничне", "instrumental": "Ким Анной Ильиничной"}},
        {"id": "2", "full_name": "Али Муса", "gender": "male", "expect": {"genitive": "Али Мусы", "dative": "Али Мусе", "instrumental": "Али Мусой"}},
    ],
}  # fmt: skip


def _run(kind: str, lines: list[Any], folder: Path) -> tuple[str, str, list[dict[str, Any]]]:
    source, target = folder / "in.jsonl", folder / "out.jsonl"
    source.write_text(
        "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8"
    )
    out, err = StringIO(), StringIO()
    call_command("evaluate", kind=kind, file=source, out=target, stdout=out, stderr=err)
    answers = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    return out.getvalue().splitlines()[-1], err.getvalue(), answers


@pytest.mark.parametrize("kind", sorted(LINES))
def test_all_right(kind: str, tmp_path: Path) -> None:
    last, err, answers = _run(kind, LINES[kind], tmp_path)
    assert last == f"{kind} 2/2"
    assert "miss" not in err
    assert [answer["id"] for answer in answers] == ["1", "2"]
    assert answers[0]["got"] == LINES[kind][0]["expect"]


@pytest.mark.parametrize("kind", sorted(LINES))
def test_without_expect(kind: str, tmp_path: Path) -> None:
    lines = [{name: value for name, value in line.items() if name != "expect"} for line in LINES[kind]]
    last, _, answers = _run(kind, lines, tmp_path)
    assert last == f"{kind} -/2"
    assert all(answer["got"] for answer in answers)


def test_a_miss_is_counted_and_told(tmp_path: Path) -> None:
    wrong = {**LINES["deadlines"][0], "expect": {"due": "2026-03-28"}}
    last, err, _ = _run("deadlines", [wrong, LINES["deadlines"][1]], tmp_path)
    assert last == "deadlines 1/2"
    assert "miss 1" in err


def test_a_line_that_cannot_be_processed_fails_the_command(tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        _run("deadlines", [{"id": "1", "rule": "NO_SUCH", "start": "2026-03-06"}], tmp_path)
