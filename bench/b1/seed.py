"""Fill our database up to a size: `python -m bench.b1.seed SIZE`; prints what to ask for, as JSON."""

import json
import os
import random
import sys
from collections import Counter
from pathlib import Path
from typing import Any, Final

import django

from bench.b1 import records

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

_NEW: Final = "md5({0}::text || ':' || g.k)::uuid"
_BASE: Final = "SELECT id FROM cases_case WHERE number LIKE 'KH-2007-%%'"
# Table, what is new in a copy, which rows are the base. Everything else is copied as it is, whatever columns there are.
_COPIED: Final[tuple[tuple[str, dict[str, str], str], ...]] = (
    (
        "accounts_user",
        {
            "id": _NEW.format("t.id"), "email": "NULL",
            "phone_hash": "encode(sha256((t.phone_hash || ':' || g.k)::bytea), 'hex')",
            "iin_hash": "encode(sha256((t.iin_hash || ':' || g.k)::bytea), 'hex')",
        },
        "t.id IN (SELECT borrower_id FROM cases_case WHERE number LIKE 'KH-2007-%%')",
    ),
    (
        "cases_case",
        {
            "id": _NEW.format("t.id"), "borrower_id": _NEW.format("t.borrower_id"),
            "number": "'KH-' || (3000 + g.k) || substr(t.number, 8)",
            "created_at": "t.created_at - g.k * interval '3 seconds'",
        },
        "t.number LIKE 'KH-2007-%%'",
    ),
    ("cases_casestory", {"case_id": _NEW.format("t.case_id")}, f"t.case_id IN ({_BASE})"),
    (
        "cases_obligation",
        {"id": _NEW.format("t.id"), "case_id": _NEW.format("t.case_id")},
        f"t.case_id IN ({_BASE})",
    ),
    (
        "cases_party",
        {
            "id": _NEW.format("t.id"), "case_id": _NEW.format("t.case_id"),
            "user_id": _NEW.format("t.user_id"),
        },
        f"t.case_id IN ({_BASE})",
    ),
    (
        "cases_track",
        {
            "id": _NEW.format("t.id"), "case_id": _NEW.format("t.case_id"),
            "obligation_id": _NEW.format("t.obligation_id"),
        },
        f"t.case_id IN ({_BASE})",
    ),
    (
        "cases_caseevent",
        {
            "id": _NEW.format("t.id"), "case_id": _NEW.format("t.case_id"),
            "obligation_id": _NEW.format("t.obligation_id"),
        },
        f"t.case_id IN ({_BASE})",
    ),
    (
        "cases_casedeadline",
        {
            "id": _NEW.format("t.id"), "case_id": _NEW.format("t.case_id"),
            "fact_id": _NEW.format("t.fact_id"), "obligation_id": _NEW.format("t.obligation_id"),
        },
        f"t.case_id IN ({_BASE})",
    ),
    (
        "cases_comment",
        {"id": _NEW.format("t.id"), "case_id": _NEW.format("t.case_id")},
        f"t.case_id IN ({_BASE})",
    ),
    (
        "cases_searchentry",
        {
            "id": "nextval(pg_get_serial_sequence('cases_searchentry', 'id'))",
            "case_id": _NEW.format("t.case_id"), "ref_id": _NEW.format("t.ref_id"),
        },
        f"t.case_id IN ({_BASE})",
    ),
)  # fmt: skip
_WORDS: Final = """
    INSERT INTO cases_casewords (case_id, open, content, whole, edition)
    SELECT md5(w.case_id::text || ':' || g.k)::uuid,
        ts_delete(w.open, old) || new, ts_delete(w.content, old) || new, ts_delete(w.whole, old) || new, w.edition
    FROM cases_casewords w JOIN cases_case c ON c.id = w.case_id
    CROSS JOIN generate_series(%s, %s) AS g(k)
    CROSS JOIN LATERAL (SELECT
        ARRAY['2007', 'kh2007' || substr(c.number, 9)] AS old,
        array_to_tsvector(ARRAY[(3000 + g.k)::text, 'kh' || (3000 + g.k) || substr(c.number, 9)]) AS new
    ) AS tokens
    WHERE c.number LIKE 'KH-2007-%%'
"""
_INDEXES: Final = {"words_open": "open", "words_whole": "whole"}


def main(size: int) -> dict[str, Any]:
    from django.db import connection

    from kenes.cases.models import Case

    if not Case.objects.filter(number__startswith="KH-2007-").exists():
        _make_base()
    have = Case.objects.filter(number__regex=r"^KH-(2007|3\d\d\d)-").count()
    with connection.cursor() as cursor:
        if size > have:
            _multiply(cursor, have // records.BASE, size // records.BASE - 1)
        cursor.execute("VACUUM ANALYZE")
    return _what_to_ask(size)


def _make_base() -> None:
    from kenes.accounts import demo
    from kenes.accounts.models import User
    from kenes.cases import testing
    from kenes.cases.models import Case, Comment
    from kenes.cases.search import index

    testing.load_reference_data()
    demo.load()
    testing.bulk_cases(records.BASE, seed=records.SEED)
    author = User.objects.get(email="supervisor@kenes.sandbox")
    cases = list(Case.objects.filter(number__startswith="KH-2007-").order_by("number"))
    Comment.objects.bulk_create(
        [
            Comment(case=case, author=author, text=records.note_of(at), created_at=case.created_at)
            for at, case in enumerate(cases)
        ]
    )
    for start in range(0, len(cases), 200):
        index.rebuild([case.pk for case in cases[start : start + 200]])


def _multiply(cursor: Any, first: int, last: int) -> None:
    """Copies `first` to `last` of the base; the indexes of words are made anew, which is quicker than filling them."""
    for name in _INDEXES:
        cursor.execute(f"DROP INDEX IF EXISTS {name}")
    for table, new, rows in _COPIED:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s ORDER BY ordinal_position",
            [table],
        )
        columns = [row[0] for row in cursor.fetchall()]
        picked = ", ".join(new.get(name, f't."{name}"') for name in columns)
        named = ", ".join(f'"{name}"' for name in columns)
        cursor.execute(
            f"INSERT INTO {table} ({named}) SELECT {picked} FROM {table} t"
            f" CROSS JOIN generate_series(%s, %s) AS g(k) WHERE {rows}",
            [first, last],
        )
    cursor.execute(_WORDS, [first, last])
    _more_known_words(first, last)
    for name, column in _INDEXES.items():
        cursor.execute(f"CREATE INDEX {name} ON cases_casewords USING gin ({column}) WITH (fastupdate = off)")


def _more_known_words(first: int, last: int) -> None:
    """Copies say the same words, but a list of known words grows with the cases; words are mended by all of them."""
    from kenes.cases.models import SearchWord
    from kenes.cases.search import lexicon

    known = sorted(set(SearchWord.objects.order_by("pk").values_list("word", flat=True)[:2000]))
    chance = random.Random(first)
    heads, tails = (
        [w[: len(w) // 2 + 1] for w in known if len(w) > 5],
        [w[len(w) // 2 :] for w in known if len(w) > 5],
    )
    made = {
        chance.choice(heads) + chance.choice(tails) for _ in range(records.NEW_WORDS * (last - first + 1))
    }
    SearchWord.objects.bulk_create(
        [SearchWord(word=word[:40], near=lexicon.without_one(word[:40])) for word in sorted(made)],
        batch_size=5000,
    )


def _what_to_ask(size: int) -> dict[str, Any]:
    """Words to look for, the records for the other side, and a session of somebody who sees all."""
    from django.conf import settings
    from django.test import Client

    from kenes.accounts.models import User
    from kenes.cases.lists import listing
    from kenes.cases.models import Case, Comment, Obligation
    from kenes.foundation import pagination

    cases = list(Case.objects.filter(number__startswith="KH-2007-").order_by("number"))
    surnames = Counter(case.borrower_name.split()[0] for case in cases)
    common = surnames.most_common(1)[0][0]
    debts: dict[Any, list[str]] = {}
    for debt in Obligation.objects.filter(case__in=cases).select_related("creditor").order_by("position"):
        debts.setdefault(debt.case_id, []).append(f"{debt.creditor.name_ru}, {debt.contract_number}")
    notes = dict(Comment.objects.filter(case__in=cases).values_list("case_id", "text"))
    middle = cases[len(cases) // 2]
    number = records.number_of(str(middle.number), size // records.BASE // 2)
    one = Case.objects.get(number=number)
    return {
        "common": common,
        "rare": number,
        "mistyped": records.mistyped(common),
        "one": str(one.pk),
        "cursor": pagination.cursor_after(one, key=listing.SORTS["-created_at"]),
        "base": [
            {
                "number": case.number, "name": case.borrower_name, "status": case.status,
                "created": case.created_at.isoformat(), "text": "\n".join([*debts[case.pk], str(notes[case.pk])]),
            }
            for case in cases
        ],
        "cookies": {
            who: _session(Client(), User.objects.get(email=f"{who}@kenes.sandbox"), settings.SESSION_COOKIE_NAME)
            for who in ("supervisor", "manager1")
        },
        "cookie": settings.SESSION_COOKIE_NAME,
        "csrf": settings.CSRF_COOKIE_NAME,
    }  # fmt: skip


def _session(client: Any, user: Any, cookie: str) -> str:
    client.force_login(user)
    return str(client.cookies[cookie].value)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "backend"))
    django.setup()
    sys.stdout.write(json.dumps(main(int(sys.argv[1]))))
