"""Text of the application for a change of loan terms, in Kazakh."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kenes.documents.authoring.layout import Letter


@dataclass(frozen=True, slots=True)
class Words:
    """What differs between a bank loan and a microcredit."""

    lender: str
    contract: str  # accusative, «… шартын»
    contract_of: str  # genitive, «… шартының»
    sum_of: str


WORDS: Final = {
    "RESTRUCT_BANK": Words("Банк", "банктік қарыз шартын", "банктік қарыз шартының", "Қарыз сомасы"),
    "RESTRUCT_MFO": Words(
        "Кредитор",
        "микрокредит беру туралы шартты",
        "микрокредит беру туралы шарттың",
        "Микрокредит сомасы",
    ),
}


def write(code: str) -> bytes:
    """The DOCX template of `code` in Kazakh."""
    words = WORDS[code]
    letter = Letter(language="kk", title=f"{words.contract_of.capitalize()} талаптарын өзгерту туралы өтініш")
    _heading(letter, words)
    _contract(letter, words)
    _debt(letter)
    _reasons(letter)
    _requests(letter)
    _answer(letter)
    _papers(letter)
    _signature(letter)
    letter.footer("№ {{ doc.number }}", "", "-бет, барлығы ", " бет")
    return letter.to_bytes()


def _heading(letter: Letter, words: Words) -> None:
    letter.logic('if doc.translation_of == "ru"')
    letter.note("ҚАЗАҚ ТІЛІНДЕГІ АУДАРМА. Қол дәл осы нөмірлі орыс тіліндегі мәтінге қойылады.")
    letter.logic("endif")
    letter.address("{{ lender.name }}", bold=True)
    letter.address("басшысына", bold=True)
    letter.logic("if lender.bin")
    letter.address("БСН {{ lender.bin }}")
    letter.logic("endif")
    letter.gap()
    letter.address("{{ borrower.name_from }}", bold=True)
    letter.address("ЖСН {{ borrower.iin }}")
    letter.address("Мекенжайы: {{ borrower.address }}")
    letter.address("Телефоны: {{ borrower.phone }}")
    letter.logic("if borrower.email")
    letter.address("Электрондық поштасы: {{ borrower.email }}")
    letter.logic("endif")
    letter.gap()
    letter.text("№\u00a0{{ doc.number }}, {{ doc.date }}")
    letter.title(
        "ӨТІНІШ",
        "{{ contract.dated }} №\u00a0{{ contract.number }}",
        f"{words.contract_of} талаптарын өзгерту туралы",
        "{%p if not debt.since %}",
        "(төлем мерзімі өткенге дейін)",
        "{%p endif %}",
    )
    letter.gap()


def _contract(letter: Letter, words: Words) -> None:
    letter.text(
        f"Мен {{{{ contract.date }}}} {{{{ lender.name }}}} ұйымымен (бұдан әрі – {words.lender}) "
        f"№\u00a0{{{{ contract.number }}}} {words.contract} (бұдан әрі – Шарт) жасастым."
        f"{{% if contract.amount %}} {words.sum_of}: {{{{ contract.amount.digits }}}} теңге "
        "({{ contract.amount.words }}).{% endif %}"
        "{% if contract.term %} Мерзімі: {{ contract.term }}.{% endif %}"
        "{% if contract.rate %} Сыйақы мөлшерлемесі: жылдық {{ contract.rate }} %.{% endif %}"
        "{% if contract.payment %} Ай сайынғы төлем: {{ contract.payment.digits }} теңге "
        "({{ contract.payment.words }}).{% endif %}"
        "{% if contract.collateral %} Қамтамасыз ету: {{ contract.collateral }}.{% endif %}"
    )


def _debt(letter: Letter) -> None:
    letter.heading("1. Берешектің жай-күйі")
    letter.logic("if debt.since")
    letter.text(
        "Шарт бойынша төлемді {{ debt.since }} бері кешіктіріп келемін"
        '{% if debt.source == "lender" %} (күні кредитордың хабарламасында көрсетілген)'
        '{% elif debt.source == "document" %} (күні құжаттар бойынша көрсетілді)'
        "{% else %} (күні өз мәліметім бойынша көрсетілді){% endif %}."
        '{% if debt.window == "open" %} Өтініш төлем мерзімі өткен күннен бастап күнтізбелік 30 күн ішінде беріліп '
        'отыр.{% elif debt.window == "passed" %} Төлем мерзімі өткен күннен бері күнтізбелік 30 күн өтіп кетсе де, '
        "өтінішті мәні бойынша қарауыңызды сұраймын.{% endif %}"
    )
    letter.logic("else")
    letter.text(
        "Бүгінгі күні Шарт бойынша мерзімі өткен төлемім жоқ. Төменде баяндалған себептерге байланысты төлемдерді "
        "бұрынғы мөлшерде төлей алмайтын болғандықтан, кешіктіруге жол бермеу үшін алдын ала өтініш беріп отырмын."
    )
    letter.logic("endif")
    letter.text(
        "{{ debt.as_of }} жағдай бойынша {% if debt.since %}берешегім{% else %}борышымның қалдығы{% endif %} мынадай:",
        keep=True,
    )
    letter.sums(
        ("Берешек түрі", "Сомасы", "Сомасы жазумен"),
        (
            ("Негізгі борыш", "{{ debt.principal.digits }} ₸", "{{ debt.principal.words }}"),
            ("Сыйақы", "{{ debt.interest.digits }} ₸", "{{ debt.interest.words }}"),
            (
                "Тұрақсыздық айыбы (айыппұл, өсімпұл)",
                "{{ debt.penalty.digits }} ₸",
                "{{ debt.penalty.words }}",
            ),
            ("Барлығы", "{{ debt.total.digits }} ₸", "{{ debt.total.words }}"),
        ),
    )


def _reasons(letter: Letter) -> None:
    letter.heading("2. Өтініш беру себептері")
    letter.logic("if hardship.since or hardship.cause")
    letter.text(
        "{% if hardship.since and hardship.ahead %}{{ hardship.since }} бастап қаржылық жағдайым нашарлайды деп "
        "болжап отырмын. {% elif hardship.since %}{{ hardship.since }} бастап қаржылық жағдайым нашарлады. {% endif %}"
        "{% if hardship.cause %}Себебі: {{ hardship.cause }}.{% endif %}"
    )
    letter.logic("endif", "if hardship.words")
    letter.text(
        'Мән-жайды өз сөзіммен баяндаймын{% if hardship.words_in == "ru" %} (орыс тілінде)'
        '{% elif hardship.words_in == "en" %} (ағылшын тілінде){% endif %}:',
        keep=True,
    )
    letter.logic("for line in hardship.words")
    letter.quotation("{% if loop.first %}«{% endif %}{{ line }}{% if loop.last %}»{% endif %}")
    letter.logic("endfor", "endif")
    letter.text(
        "Айлық табысым: бұрын – {{ income.before.digits }} теңге ({{ income.before.words }}), қазір – "
        "{{ income.now.digits }} теңге ({{ income.now.words }})."
        "{% if income.avg12 and income.avg2 %} Орташа айлық табысым: алдыңғы 12 айда – "
        "{{ income.avg12.digits }} теңге ({{ income.avg12.words }}), соңғы екі айда – "
        "{{ income.avg2.digits }} теңге ({{ income.avg2.words }}).{% endif %}"
        "{% if income.drop %} Табысым {{ income.drop }} пайызға азайды.{% endif %}"
        "{% if income.source %} Табыс көзі: {{ income.source }}.{% endif %}"
        "{% if income.social_aid %} Маған атаулы әлеуметтік көмек тағайындалған.{% endif %}"
    )
    letter.logic("if income.dependents")
    letter.text(
        "Менің асырауымдағы адамдар саны: {{ income.dependents }}"
        "{% if income.disabled_dependents %}, оның ішінде мүгедектігі барлар: {{ income.disabled_dependents }}"
        "{% endif %}."
    )
    letter.logic("endif")


_REQUESTS: Final = (
    "{{ loop.index }}) "
    '{% if request.kind == "DEFERRAL" %}негізгі борыш пен сыйақыны төлеуді '
    "{% if request.months %}{{ request.months }}ға {% endif %}кейінге қалдыру"
    '{% elif request.kind == "TERM_EXTENDED" %}Шарттың жалпы мерзімін '
    "{% if request.months %}{{ request.months }}ға дейін {% endif %}ұзарту"
    '{% elif request.kind == "RATE_CUT" %}сыйақы мөлшерлемесін '
    "{% if request.rate %}жылдық {{ request.rate }} пайызға дейін{% else %}төлеуге шамам келетін мөлшерге дейін"
    "{% endif %} төмендету"
    '{% elif request.kind == "SCHEDULE_CHANGED" %}{% if request.months %}берешекті {{ request.months }} ішінде тең '
    "бөліп төлейтіндей етіп {% else %}табысымды ескере отырып, {% endif %}өтеу кестесін өзгерту"
    '{% elif request.kind == "PENALTY_FORGIVEN" %}{% if request.sum %}есептелген {{ request.sum.digits }} теңге '
    "({{ request.sum.words }}) тұрақсыздық айыбын (айыппұлды, өсімпұлды) есептен шығару және {% endif %}өтініш "
    "қаралатын уақытта тұрақсыздық айыбын есептемеу"
    '{% elif request.kind == "INTEREST_FORGIVEN" %}мерзімі өткен сыйақыны толық немесе ішінара кешіру'
    '{% elif request.kind == "PRINCIPAL_PARTLY_FORGIVEN" %}мерзімі өткен негізгі борыштың бір бөлігін кешіру'
    '{% elif request.kind == "FORGIVENESS" %}берешектің бір бөлігін кешіру'
    '{% elif request.kind == "CURRENCY_CHANGED" %}шетел валютасындағы борыш қалдығын теңгеге ауыстыру'
    '{% elif request.kind == "COLLATERAL_SOLD_BY_BORROWER" %}кепілдегі мүлікті өзім сатып, түскен ақшаны берешекті '
    "өтеуге жұмсауыма рұқсат беру"
    '{% elif request.kind == "MEDIATED" %}келіспеушілікті медиатордың қатысуымен реттеу мүмкіндігін қарау'
    '{% elif request.kind == "PAYMENT" %}ай сайынғы төлемді {{ request.sum.digits }} теңгеден '
    "({{ request.sum.words }}) асырмай белгілеу"
    "{% endif %}{% if loop.last %}.{% else %};{% endif %}"
)


def _requests(letter: Letter) -> None:
    letter.heading("3. Өтінішім")
    letter.text("Баяндалғанның негізінде Шарттың талаптарын былай өзгертуді сұраймын:", keep=True)
    letter.logic("for request in relief.requests")
    letter.item(_REQUESTS)
    letter.logic("endfor", "if relief.comment")
    letter.text("Қосымша мынаны ескеруіңізді сұраймын: {{ relief.comment }}")
    letter.logic("endif")
    letter.text(
        "Құқықтық негіздер: {% for ground in grounds %}{{ ground }}{% if not loop.last %}; {% endif %}{% endfor %}."
    )


def _answer(letter: Letter) -> None:
    letter.heading("4. Жауап беру тәртібі")
    letter.text(
        "Қабылданған шешімді (келісу, қарсы ұсыныс немесе дәлелді бас тарту) өтінішті алған күннен бастап күнтізбелік "
        "15 күн ішінде жазбаша хабарлауыңызды сұраймын. Жауапты {% if borrower.email %}{{ borrower.email }} "
        "электрондық поштасына{% else %}мына мекенжайға: {{ borrower.address }},{% endif %} немесе осы өтініш келген "
        "хатқа жауап ретінде жіберуіңізді өтінемін."
    )


def _papers(letter: Letter) -> None:
    letter.logic("if attachments")
    letter.text("Қосымшалар:", keep=True)
    letter.logic("for paper in attachments")
    letter.item("{{ loop.index }}) {{ paper }}{% if loop.last %}.{% else %};{% endif %}")
    letter.logic("endfor", "else")
    letter.text(
        "Баяндалғанды растайтын мынадай құжаттарды сұратсаңыз, ұсынамын: "
        "{% for paper in papers %}{{ paper }}{% if not loop.last %}; {% endif %}{% endfor %}."
    )
    letter.logic("endif")
    letter.text("Осы өтінішті қарау үшін онда көрсетілген дербес деректерімді өңдеуге келісім беремін.")


def _signature(letter: Letter) -> None:
    letter.logic("if agreement")
    letter.text(
        "Өтінішке менің расталған {{ agreement.phone }} нөміріме SMS арқылы жіберілетін бір реттік кодпен қол "
        "қойылады. Негізі: мен {{ agreement.accepted }} қабылдаған, SMS-кодты қолтаңба ретінде пайдалану туралы келісім "
        "(редакциясы: {{ agreement.version }}); {{ agreement.law }}. Толық мәтін маған қол қойғанға дейін көрсетілді; "
        "файлдың бақылау сомасы мен қол қойылған уақыт өтінішке қоса берілетін қолтаңба парағында келтірілген. Өтінішті "
        "қарау үшін ЭЦҚ немесе өз қолыммен қойылған қолтаңба қажет болса, жауап беру мерзімі ішінде хабарлауыңызды "
        "сұраймын: өтінішке талап етілген тәсілмен қол қойылады."
    )
    letter.logic("endif")
    letter.gap()
    letter.logic("if doc.translation_of")
    letter.text("Күні: {{ doc.date }}. Аударма, қол қойылмайды. Өтініш беруші: {{ borrower.initials }}")
    letter.logic("else")
    letter.text("Күні: {{ doc.date }}", keep=True)
    letter.text("Қолы: ______________________ {{ borrower.initials }}")
    letter.logic("endif")
