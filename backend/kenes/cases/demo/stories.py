"""Invented people and stories for demonstration and benchmarks. Deterministic for a seed; no database."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from kenes.foundation.values import check_digit

Json = dict[str, Any]

_SURNAMES: Final = (
    "Ахметов", "Сулейменов", "Касымов", "Жумабеков", "Нургалиев", "Омаров", "Иванов", "Петренко", "Абдуллаев",
    "Садыков", "Тлеубаев", "Ермеков", "Байжанов", "Исаев", "Смирнов", "Муканов", "Рахимов", "Калиев", "Попов", "Юсупов",
)  # fmt: skip
_MEN: Final = (
    "Ерлан",
    "Асхат",
    "Нурлан",
    "Данияр",
    "Тимур",
    "Сергей",
    "Алексей",
    "Марат",
    "Бауыржан",
    "Игорь",
)
_WOMEN: Final = (
    "Айгуль",
    "Динара",
    "Гульнара",
    "Жанна",
    "Светлана",
    "Ольга",
    "Асель",
    "Мадина",
    "Ирина",
    "Сауле",
)
_FATHERS: Final = (
    ("Серикович", "Сериковна"), ("Болатович", "Болатовна"), ("Маратович", "Маратовна"), ("Иванович", "Ивановна"),
    ("Кайратович", "Кайратовна"), ("Нурланович", "Нурлановна"), ("Викторович", "Викторовна"),
)  # fmt: skip
_CITIES: Final = (
    "г. Алматы", "г. Астана", "г. Шымкент", "г. Караганда", "г. Актобе", "г. Тараз", "г. Павлодар", "г. Костанай",
    "г. Атырау", "г. Усть-Каменогорск",
)  # fmt: skip
_STREETS: Final = ("ул. Абая", "пр. Назарбаева", "ул. Толе би", "ул. Гоголя", "мкр. 5", "ул. Сатпаева")
_BANKS: Final = (
    "АО «Банк ЦентрКредит»", "АО «Kaspi Bank»", "АО «Народный Банк Казахстана»", "АО «ForteBank»",
    "АО «Евразийский Банк»", "АО «Bereke Bank»", "АО «Home Credit Bank»", "АО «Bank RBK»",
)  # fmt: skip
_MFOS: Final = (
    ("ТОО «МФО «Айқын Қаржы»", "220140918424"), ("ТОО «МФО «Жедел Көмек»", "200440922876"),
    ("ТОО «МФО «Тұлпар Несие»", "141240905421"), ("ТОО «МФО «Сенім Ақша»", "180640932527"),
)  # fmt: skip
_COLLECTOR: Final = ("ТОО «КА «ДолгКонтроль Азия»", "140740904974")
_HARDSHIP: Final = {
    "ru": (
        ("JOB_LOSS", "Сократили на работе, живём на одну зарплату. Прошу дать время и снизить платёж."),
        ("INCOME_DROP", "Перевели на полставки, доход упал почти вдвое. Платить готов, но меньше."),
        ("ILLNESS", "Долго болела, три месяца на больничном. Сейчас выхожу на работу и хочу войти в график."),
        ("DIVORCE", "После развода плачу за двоих, одной зарплаты не хватает."),
    ),
    "kk": (
        (
            "JOB_LOSS",
            "Жұмыстан қысқартылдым, жаңа орын іздеп жүрмін. Төлемді азайтып, мерзім беруді сұраймын.",
        ),
        ("INCOME_DROP", "Жалақым екі есе азайды. Төлеуден бас тартпаймын, бірақ азырақ төлегім келеді."),
        ("FAMILY_ILLNESS", "Анам ауырып, емге көп қаражат кетті. Төлемді кейінге қалдыруды сұраймын."),
    ),
}


@dataclass(frozen=True, slots=True)
class MadePerson:
    """An invented borrower with a valid ИИН."""

    full_name: str
    iin: str
    phone: str
    language: str
    address: str


def iins(chance: random.Random) -> Iterator[str]:
    """Arithmetically valid invented ИИН of adults, never the same twice."""
    seen: set[str] = set()
    while True:
        born = date(1960, 1, 1) + timedelta(days=chance.randrange(45 * 365))
        century = (5 if born.year >= 2000 else 3) + chance.randrange(2)
        first = f"{born:%y%m%d}{century}{chance.randrange(10_000):04d}"
        last = check_digit(first)
        if last is not None and first not in seen:
            seen.add(first)
            yield f"{first}{last}"


def people(seed: int, first_phone: int = 77002000000) -> Iterator[MadePerson]:
    """Invented borrowers, one after another, with phones counting up from `first_phone`."""
    chance = random.Random(seed)  # noqa: S311  (made people)
    for index, iin in enumerate(iins(chance)):
        woman = int(iin[6]) % 2 == 0
        surname, father = chance.choice(_SURNAMES), chance.choice(_FATHERS)
        first = chance.choice(_WOMEN if woman else _MEN)
        feminine = f"{surname}а" if surname.endswith(("ов", "ев", "ин")) else surname
        yield MadePerson(
            full_name=f"{feminine if woman else surname} {first} {father[woman]}",
            iin=iin,
            phone=f"+{first_phone + index}",
            language=chance.choice(("ru", "ru", "kk")),
            address=f"{chance.choice(_CITIES)}, {chance.choice(_STREETS)}, {chance.randrange(1, 150)}",
        )


def contract(chance: random.Random, today: date, *, late_days: int | None, mfo: bool = False) -> Json:
    """One debt in delay for `late_days`, None for no delay yet."""
    name, bin_value = chance.choice(_MFOS) if mfo else (chance.choice(_BANKS), None)
    principal = chance.randrange(8, 40) * (1_000_000 if mfo else 6_000_000)
    since = None if late_days is None else today - timedelta(days=late_days)
    return {
        "creditor_name": name,
        "creditor_type": "MFO" if mfo else "BANK",
        "creditor_bin": bin_value,
        "contract_number": f"{chance.choice(('КД', 'МК', 'ЗК', 'BK'))}-{chance.randrange(10_000, 999_999)}",
        "contract_date": (today - timedelta(days=(late_days or 0) + chance.randrange(60, 900))).isoformat(),
        "original_amount_tiyn": principal * 2,
        "principal_tiyn": principal,
        "interest_tiyn": principal // 20,
        "penalty_tiyn": 0 if late_days is None else principal // 200,
        "monthly_payment_tiyn": principal // 18,
        "rate_percent": chance.choice((24, 31, 34, 37.5, 44)),
        "term_months": chance.choice((12, 24, 36, 48, 60)),
        "overdue_since": since and since.isoformat(),
    }


def _fact(kind: str, day: date, text: str = "") -> Json:
    return {"kind": kind, "date": day.isoformat(), "text": text}


def _delay(chance: random.Random, today: date) -> Json:
    debts = [contract(chance, today, late_days=chance.randrange(3, 40), mfo=chance.random() < 0.5)]
    if chance.random() < 0.3:
        debts.append(contract(chance, today, late_days=chance.randrange(3, 40), mfo=True))
    return {"obligations": debts}


def _before_delay(chance: random.Random, today: date) -> Json:
    return {"obligations": [contract(chance, today, late_days=None)]}


def _collector(chance: random.Random, today: date) -> Json:
    debt = contract(chance, today, late_days=chance.randrange(95, 200), mfo=True)
    when = today - timedelta(days=chance.randrange(1, 5))
    return {
        "obligations": [debt],
        "events": [_fact("COLLECTOR_CONTACT", when, "Звонили в выходной, угрожали сообщить на работу")],
    }


def _inscription(chance: random.Random, today: date) -> Json:
    received = today - timedelta(days=chance.randrange(1, 8))
    return {
        "obligations": [contract(chance, today, late_days=chance.randrange(120, 300))],
        "events": [
            _fact("INSCRIPTION_MADE", received - timedelta(days=4)),
            _fact("INSCRIPTION_RECEIVED", received, "Письмо нотариуса, с суммой не согласна"),
        ],
    }


def _refused(chance: random.Random, today: date) -> Json:
    refused = today - timedelta(days=chance.randrange(1, 12))
    return {
        "obligations": [
            contract(chance, today, late_days=chance.randrange(40, 80), mfo=chance.random() < 0.5)
        ],
        "events": [
            _fact("APPLICATION_RECEIVED", refused - timedelta(days=14)),
            _fact("REFUSED", refused, "Письменный отказ без причин"),
        ],
    }


def _silent(chance: random.Random, today: date) -> Json:
    return {
        "obligations": [contract(chance, today, late_days=chance.randrange(45, 80))],
        "events": [_fact("APPLICATION_RECEIVED", today - timedelta(days=chance.randrange(25, 35)))],
    }


def _bankruptcy(chance: random.Random, today: date) -> Json:
    debts = [contract(chance, today, late_days=chance.randrange(420, 700), mfo=True) for _ in range(2)]
    return {
        "obligations": debts,
        "events": [
            _fact("LAST_PAYMENT", today - timedelta(days=410)),
            _fact("REFUSED", today - timedelta(days=200), "Кредиторы отказали"),
        ],
    }


def _sold(chance: random.Random, today: date) -> Json:
    debt = contract(chance, today, late_days=chance.randrange(200, 500), mfo=True)
    debt |= {"creditor_type": "COLLECTOR", "creditor_name": _COLLECTOR[0], "creditor_bin": _COLLECTOR[1]}
    return {
        "obligations": [debt],
        "events": [_fact("ASSIGNMENT", today - timedelta(days=60), "О продаже долга узнал от коллекторов")],
    }


# Stories for which only a letter to the creditor is called for, and those that a manager sorts.
LETTERS: Final[tuple[Callable[[random.Random, date], Json], ...]] = (_delay, _delay, _delay, _before_delay)
SORTED_BY_HAND: Final[tuple[Callable[[random.Random, date], Json], ...]] = (
    _collector, _inscription, _refused, _silent, _bankruptcy, _sold,
)  # fmt: skip


def form_of(person: MadePerson, chance: random.Random, today: date, *, letters: bool) -> Json:
    """JSON of a whole form as the person would send it on `today`."""
    code, text = chance.choice(_HARDSHIP["kk" if person.language == "kk" else "ru"])
    before = chance.randrange(18, 60) * 1_000_000
    now = before * chance.randrange(40, 75) // 100
    return {
        "applicant": {
            "full_name": person.full_name, "iin": person.iin, "email": None, "address": person.address,
            "language": person.language,
        },
        "income": {
            "source": "жалақы" if person.language == "kk" else "зарплата", "monthly_now_tiyn": now,
            "monthly_before_tiyn": before, "avg12_tiyn": before, "avg2_tiyn": now,
            "dependents": chance.randrange(0, 5), "disabled_dependents": 0, "targeted_social_aid": False,
        },
        "hardship": {"code": code, "since": (today - timedelta(days=70)).isoformat(), "text": text},
        "relief": {
            "kinds": chance.choice((["DEFERRAL"], ["TERM_EXTENDED", "RATE_CUT"], ["SCHEDULE_CHANGED", "PENALTY_FORGIVEN"])),
            "defer_months": chance.choice((None, 3, 6)), "new_term_months": None, "new_rate_percent": None,
            "new_payment_tiyn": None, "comment": "",
        },
        **chance.choice(LETTERS if letters else SORTED_BY_HAND)(chance, today),
    }  # fmt: skip
