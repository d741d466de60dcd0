"""Text of the application for a change of loan terms, in Russian."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kenes.documents.authoring.layout import Letter


@dataclass(frozen=True, slots=True)
class Words:
    """What differs between a bank loan and a microcredit."""

    lender: str
    contract: str  # nominative
    contract_of: str  # genitive
    sum_of: str


WORDS: Final = {
    "RESTRUCT_BANK": Words("Банк", "договор банковского займа", "договора банковского займа", "Сумма займа"),
    "RESTRUCT_MFO": Words(
        "Кредитор",
        "договор о предоставлении микрокредита",
        "договора о предоставлении микрокредита",
        "Сумма микрокредита",
    ),
}


def write(code: str) -> bytes:
    """The DOCX template of `code` in Russian."""
    words = WORDS[code]
    letter = Letter(language="ru", title=f"Заявление об изменении условий {words.contract_of}")
    _heading(letter, words)
    _contract(letter, words)
    _debt(letter)
    _reasons(letter)
    _requests(letter)
    _answer(letter)
    _papers(letter)
    _signature(letter)
    letter.footer("№ {{ doc.number }}", "Страница ", " из ")
    return letter.to_bytes()


def _heading(letter: Letter, words: Words) -> None:
    letter.logic('if doc.translation_of == "kk"')
    letter.note("ПЕРЕВОД НА РУССКИЙ ЯЗЫК. Подписывается текст на казахском языке под тем же номером.")
    letter.logic("endif")
    letter.address("Руководителю", bold=True)
    letter.address("{{ lender.name }}", bold=True)
    letter.logic("if lender.bin")
    letter.address("БИН {{ lender.bin }}")
    letter.logic("endif")
    letter.gap()
    letter.address("от {{ borrower.name_from }}", bold=True)
    letter.address("ИИН {{ borrower.iin }}")
    letter.address("Адрес: {{ borrower.address }}")
    letter.address("Телефон: {{ borrower.phone }}")
    letter.logic("if borrower.email")
    letter.address("Электронная почта: {{ borrower.email }}")
    letter.logic("endif")
    letter.gap()
    letter.text("№\u00a0{{ doc.number }} от {{ doc.date }}")
    letter.title(
        "ЗАЯВЛЕНИЕ",
        f"об изменении условий {words.contract_of}",
        "№\u00a0{{ contract.number }} от {{ contract.date }}",
        "{%p if not debt.since %}",
        "(до возникновения просрочки)",
        "{%p endif %}",
    )
    letter.gap()


def _contract(letter: Letter, words: Words) -> None:
    letter.text(
        f"Между мной и {{{{ lender.name }}}} (далее – {words.lender}) заключён {words.contract} "
        "№\u00a0{{ contract.number }} от {{ contract.date }} (далее – Договор)."
        f"{{% if contract.amount %}} {words.sum_of}: {{{{ contract.amount.digits }}}} тенге "
        "({{ contract.amount.words }}).{% endif %}"
        "{% if contract.term %} Срок: {{ contract.term }}.{% endif %}"
        "{% if contract.rate %} Ставка вознаграждения: {{ contract.rate }} % годовых.{% endif %}"
        "{% if contract.payment %} Ежемесячный платёж: {{ contract.payment.digits }} тенге "
        "({{ contract.payment.words }}).{% endif %}"
        "{% if contract.collateral %} Обеспечение: {{ contract.collateral }}.{% endif %}"
    )


def _debt(letter: Letter) -> None:
    letter.heading("1. Состояние задолженности")
    letter.logic("if debt.since")
    letter.text(
        "Просрочка по Договору началась {{ debt.since }}"
        '{% if debt.source == "lender" %} (дата указана в уведомлении кредитора)'
        '{% elif debt.source == "document" %} (дата указана по документам)'
        "{% else %} (дата указана по моим сведениям){% endif %}."
        '{% if debt.window == "open" %} Заявление подаётся в пределах 30 календарных дней со дня возникновения '
        'просрочки.{% elif debt.window == "passed" %} Прошу рассмотреть заявление по существу, хотя 30 календарных '
        "дней со дня возникновения просрочки истекли.{% endif %}"
    )
    letter.logic("else")
    letter.text(
        "На дату заявления просрочки по Договору нет. Обращаюсь заранее, чтобы не допустить её: по причинам, "
        "изложенным ниже, вносить платежи в прежнем размере я не смогу."
    )
    letter.logic("endif")
    letter.text(
        "По состоянию на {{ debt.as_of }} {% if debt.since %}задолженность{% else %}остаток долга{% endif %} по "
        "Договору составляет:",
        keep=True,
    )
    letter.sums(
        ("Вид задолженности", "Сумма", "Сумма прописью"),
        (
            ("Основной долг", "{{ debt.principal.digits }} ₸", "{{ debt.principal.words }}"),
            ("Вознаграждение", "{{ debt.interest.digits }} ₸", "{{ debt.interest.words }}"),
            ("Неустойка (штрафы, пени)", "{{ debt.penalty.digits }} ₸", "{{ debt.penalty.words }}"),
            ("Всего", "{{ debt.total.digits }} ₸", "{{ debt.total.words }}"),
        ),
    )


def _reasons(letter: Letter) -> None:
    letter.heading("2. Причины обращения")
    letter.logic("if hardship.since or hardship.cause")
    letter.text(
        "{% if hardship.since and hardship.ahead %}С {{ hardship.since }} ожидается ухудшение моего финансового "
        "положения. {% elif hardship.since %}С {{ hardship.since }} моё финансовое положение ухудшилось. {% endif %}"
        "{% if hardship.cause %}Причина: {{ hardship.cause }}.{% endif %}"
    )
    letter.logic("endif", "if hardship.words")
    letter.text(
        'Обстоятельства излагаю своими словами{% if hardship.words_in == "kk" %} (на казахском языке)'
        '{% elif hardship.words_in == "en" %} (на английском языке){% endif %}:',
        keep=True,
    )
    letter.logic("for line in hardship.words")
    letter.quotation("{% if loop.first %}«{% endif %}{{ line }}{% if loop.last %}»{% endif %}")
    letter.logic("endfor", "endif")
    letter.text(
        "Мой ежемесячный доход: прежде – {{ income.before.digits }} тенге ({{ income.before.words }}), сейчас – "
        "{{ income.now.digits }} тенге ({{ income.now.words }})."
        "{% if income.avg12 and income.avg2 %} В среднем за месяц: за предыдущие 12 месяцев – "
        "{{ income.avg12.digits }} тенге ({{ income.avg12.words }}), за последние два месяца – "
        "{{ income.avg2.digits }} тенге ({{ income.avg2.words }}).{% endif %}"
        "{% if income.drop %} Доход снизился на {{ income.drop }} %.{% endif %}"
        "{% if income.source %} Источник дохода: {{ income.source }}.{% endif %}"
        "{% if income.social_aid %} Мне назначена адресная социальная помощь.{% endif %}"
    )
    letter.logic("if income.dependents")
    letter.text(
        "Число лиц на моём иждивении: {{ income.dependents }}"
        "{% if income.disabled_dependents %}, из них с инвалидностью: {{ income.disabled_dependents }}{% endif %}."
    )
    letter.logic("endif")


_REQUESTS: Final = (
    "{{ loop.index }}) "
    '{% if request.kind == "DEFERRAL" %}предоставить отсрочку погашения основного долга и вознаграждения'
    "{% if request.months %} на {{ request.months }}{% endif %}"
    '{% elif request.kind == "TERM_EXTENDED" %}увеличить общий срок Договора'
    "{% if request.months %} до {{ request.months }}{% endif %}"
    '{% elif request.kind == "RATE_CUT" %}снизить ставку вознаграждения до '
    "{% if request.rate %}{{ request.rate }} % годовых{% else %}размера, при котором платёж станет для меня "
    "посильным{% endif %}"
    '{% elif request.kind == "SCHEDULE_CHANGED" %}изменить график погашения'
    "{% if request.months %}: разделить задолженность на равные платежи в течение {{ request.months }}{% else %} "
    "с учётом моего дохода{% endif %}"
    '{% elif request.kind == "PENALTY_FORGIVEN" %}{% if request.sum %}отменить начисленную неустойку (штрафы, пени) '
    "в сумме {{ request.sum.digits }} тенге ({{ request.sum.words }}) и {% endif %}не начислять неустойку на время "
    "рассмотрения заявления"
    '{% elif request.kind == "INTEREST_FORGIVEN" %}простить полностью или частично просроченное вознаграждение'
    '{% elif request.kind == "PRINCIPAL_PARTLY_FORGIVEN" %}простить часть просроченного основного долга'
    '{% elif request.kind == "FORGIVENESS" %}простить часть задолженности'
    '{% elif request.kind == "CURRENCY_CHANGED" %}перевести остаток долга из иностранной валюты в тенге'
    '{% elif request.kind == "COLLATERAL_SOLD_BY_BORROWER" %}разрешить мне самостоятельно продать предмет залога и '
    "направить вырученные деньги на погашение задолженности"
    '{% elif request.kind == "MEDIATED" %}рассмотреть урегулирование разногласий с участием медиатора'
    '{% elif request.kind == "PAYMENT" %}установить ежемесячный платёж не выше {{ request.sum.digits }} тенге '
    "({{ request.sum.words }})"
    "{% endif %}{% if loop.last %}.{% else %};{% endif %}"
)


def _requests(letter: Letter) -> None:
    letter.heading("3. Просьба")
    letter.text("На основании изложенного прошу изменить условия Договора:", keep=True)
    letter.logic("for request in relief.requests")
    letter.item(_REQUESTS)
    letter.logic("endfor", "if relief.comment")
    letter.text("Дополнительно прошу учесть: {{ relief.comment }}")
    letter.logic("endif")
    letter.text(
        "Правовые основания: {% for ground in grounds %}{{ ground }}{% if not loop.last %}; {% endif %}{% endfor %}."
    )


def _answer(letter: Letter) -> None:
    letter.heading("4. Порядок ответа")
    letter.text(
        "О принятом решении (согласие, встречное предложение или мотивированный отказ) прошу сообщить письменно в "
        "течение 15 календарных дней со дня получения заявления. Ответ прошу направить "
        "{% if borrower.email %}на электронную почту {{ borrower.email }}{% else %}по адресу: "
        "{{ borrower.address }}{% endif %} либо ответом на письмо, с которым поступило заявление."
    )


def _papers(letter: Letter) -> None:
    letter.logic("if attachments")
    letter.text("Приложения:", keep=True)
    letter.logic("for paper in attachments")
    letter.item("{{ loop.index }}) {{ paper }}{% if loop.last %}.{% else %};{% endif %}")
    letter.logic("endfor", "else")
    letter.text(
        "Документы, подтверждающие изложенное, представлю по запросу: "
        "{% for paper in papers %}{{ paper }}{% if not loop.last %}; {% endif %}{% endfor %}."
    )
    letter.logic("endif")
    letter.text("Даю согласие на обработку указанных в заявлении персональных данных для его рассмотрения.")


def _signature(letter: Letter) -> None:
    letter.logic("if agreement")
    letter.text(
        "Заявление подписывается одноразовым кодом из SMS, направленным на мой подтверждённый номер "
        "{{ agreement.phone }}. Основание: принятое мной {{ agreement.accepted }} соглашение об использовании "
        "SMS-кода в качестве подписи (редакция {{ agreement.version }}); {{ agreement.law }}. Полный текст показан "
        "мне до подписания; контрольная сумма файла и время подписания приведены в листе подписи, приложенном к "
        "заявлению. Если для рассмотрения нужна подпись ЭЦП или собственноручная подпись, прошу сообщить об этом в "
        "пределах срока ответа: заявление будет подписано требуемым способом."
    )
    letter.logic("endif")
    letter.gap()
    letter.logic("if doc.translation_of")
    letter.text("Дата: {{ doc.date }}. Перевод, не подписывается. Заявитель: {{ borrower.initials }}")
    letter.logic("else")
    letter.text("Дата: {{ doc.date }}", keep=True)
    letter.text("Подпись: ______________________ {{ borrower.initials }}")
    letter.logic("endif")
