"""Made-up people and applications. Every call gives a person whom the stack has never met."""

import itertools
import random
from dataclasses import dataclass, field
from typing import Any

WEIGHTS = (tuple(range(1, 12)), (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2))
NAMES = (
    "Досанов Кайрат Ануарович",
    "Серікқызы Айгүл",
    "Лаптева Ирина Денисовна",
    "Нұрпейісов Ерлан Бақытұлы",
    "Ким Ольга Аркадьевна",
)
_serial = itertools.count(random.SystemRandom().randrange(100_000, 900_000))


def make_iin(birth: str, sex_digit: int, serial: int) -> str | None:
    """ИИН with its check digit; None for a serial number that has none."""
    digits = [int(char) for char in f"{birth}{sex_digit}{serial:04}"]
    for weights in WEIGHTS:
        check = sum(digit * weight for digit, weight in zip(digits, weights, strict=True)) % 11
        if check < 10:
            return "".join(map(str, digits)) + str(check)
    return None


def _iin(serial: int) -> str:
    birth = f"{70 + serial % 30:02}{1 + serial % 12:02}{1 + serial % 28:02}"
    for offset in range(20):
        found = make_iin(birth, 3, (serial * 7 + offset) % 10_000)
        if found:
            return found
    raise AssertionError("no ИИН found")


@dataclass(frozen=True)
class Person:
    """Who applies. `phone` is none of the sandbox's special numbers."""

    full_name: str
    iin: str
    phone: str
    email: str
    address: str = "г. Алматы, ул. Сатпаева, д. 41, кв. 12"
    language: str = "ru"
    consents: list[str] = field(default_factory=list)


def somebody(language: str = "ru") -> Person:
    serial = next(_serial)
    tail = f"{serial % 10_000_000:07}"
    if tail[1:5] == "0000":
        tail = "1" + tail[1:].replace("0", "1")
    return Person(
        full_name=NAMES[serial % len(NAMES)],
        iin=_iin(serial),
        phone=f"+7707{tail}",
        email=f"person{serial}@example.com",
        language=language,
    )


def contract_number() -> str:
    return f"MF-{next(_serial)}/26"


def submission(person: Person, obligations: list[dict[str, Any]], **changes: Any) -> dict[str, Any]:
    """The body of an application with everything that must be there."""
    return {
        "applicant": {
            "full_name": person.full_name,
            "iin": person.iin,
            "email": person.email,
            "address": person.address,
            "language": person.language,
        },
        "obligations": obligations,
        "income": {
            "source": "Заработная плата",
            "monthly_now_tiyn": 18_000_000,
            "monthly_before_tiyn": 31_000_000,
            "avg12_tiyn": None,
            "avg2_tiyn": None,
            "dependents": 2,
            "disabled_dependents": 0,
            "targeted_social_aid": False,
        },
        "assets": [],
        "events": [],
        "hardship": {"code": "INCOME_DROP", "since": "2026-09-01", "text": "Сократили смены, доход упал."},
        "relief": {"kinds": ["DEFERRAL"], "defer_months": 3},
        **changes,
    }


def obligation(creditor: dict[str, Any] | None, *, name: str = "", **changes: Any) -> dict[str, Any]:
    """One debt to a lender of the registry, or to one typed in by `name`."""
    return {
        "creditor_id": creditor["id"] if creditor else None,
        "creditor_name": creditor["name"] if creditor else name,
        "creditor_type": creditor["type"] if creditor else "MFO",
        "creditor_bin": None,
        "contract_number": contract_number(),
        "contract_date": "2025-12-10",
        "original_amount_tiyn": 60_000_000,
        "principal_tiyn": 41_250_050,
        "interest_tiyn": 3_120_000,
        "penalty_tiyn": 0,
        "monthly_payment_tiyn": 5_400_000,
        "rate_percent": 45.5,
        "term_months": 24,
        "overdue_since": "2026-11-02",
        "overdue_since_source": "borrower",
        "collateral": None,
        **changes,
    }
