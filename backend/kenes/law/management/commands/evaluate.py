"""Measure numbers, deadlines, amounts or names on a file of examples."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kenes.law import evaluation


class Command(BaseCommand):
    help = "Answers every line of a JSON Lines file; the last line printed is the kind with right/total."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--kind", required=True, choices=sorted(evaluation.ANSWERS))
        parser.add_argument("--file", required=True, type=Path)
        parser.add_argument("--out", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        kind: str = options["kind"]
        right = total = expected = failed = 0
        answers: list[str] = []
        for number, text in enumerate(options["file"].read_text(encoding="utf-8-sig").splitlines(), start=1):
            if not text.strip():
                continue
            total += 1
            line, got = self._answer(kind, number, text)
            failed += got is None
            answers.append(json.dumps({"id": line.get("id"), "got": got}, ensure_ascii=False))
            if "expect" in line:
                expected += 1
                right += self._judge(line, got)
        if options["out"] is not None:
            options["out"].write_text("".join(answer + "\n" for answer in answers), encoding="utf-8")
        self.stderr.write(f"{total} lines, {failed} not processed")
        self.stdout.write(f"{kind} {right if expected else '-'}/{total}")
        if failed:
            raise CommandError("not every line was processed")

    def _answer(self, kind: str, number: int, text: str) -> tuple[dict[str, Any], dict[str, Any] | None]:
        line: dict[str, Any] = {}
        try:
            line = json.loads(text)
            return line, evaluation.ANSWERS[kind](line)
        except Exception as problem:  # one bad line must not hide the others; it is counted and shown
            self.stderr.write(f"line {number}: {type(problem).__name__}: {problem}")
            return line if isinstance(line, dict) else {}, None

    def _judge(self, line: dict[str, Any], got: dict[str, Any] | None) -> bool:
        if got is not None and evaluation.is_right(got, line["expect"]):
            return True
        self.stderr.write(f"miss {line.get('id')}: expected {line['expect']}, got {got}")
        return False
