"""Words of the summary of an evidence package, the three languages side by side. %-fields are filled by `summary`."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class SummaryTexts:
    """One language of the summary."""

    title: str
    lead: str
    document: str
    number: str
    pages: str
    hash: str
    made: str
    almaty: str
    signatures: str
    signer: str
    acts_for: str
    method: str
    methods: dict[str, str]
    when: str
    time_sources: dict[str, str]
    code: str
    code_facts: str
    delivery: str
    statuses: dict[str, str]
    attempt: str
    agreement: str
    agreement_facts: str
    certificate: str
    certificate_facts: str
    kept_answers: str
    answer_kept: str
    answer_absent: str
    lists_kept: str
    list_left_out: str
    list_not_kept: str
    paper: str
    paper_facts: str
    events: str
    events_lead: str
    anchor: str
    anchor_stamped: str
    anchor_bare: str
    anchor_none: str
    check: str
    check_steps: tuple[str, ...]
    trust: str
    page: str


TEXTS: Final[dict[str, SummaryTexts]] = {
    "ru": SummaryTexts(
        title="Доказательства подписи",
        lead="Кто, когда и как подписал документ. Каждая строка ниже подтверждается файлом из этого пакета; программа "
        "check.pyz проверяет их все без интернета.",
        document="Документ",
        number="Номер",
        pages="Страниц",
        hash="SHA-256 подписанного PDF",
        made="Пакет собран",
        almaty="по времени Алматы",
        signatures="Подписи",
        signer="Кто",
        acts_for="За кого",
        method="Как",
        methods={
            "sms": "Одноразовый код из SMS",
            "eds": "ЭЦП через NCALayer",
            "egov_qr": "ЭЦП через eGov mobile",
            "paper": "Рукой на бумаге, снимок проверен сотрудником",
        },
        when="Когда",
        time_sources={"server": "по часам сервера", "timestamp": "по доверенной метке времени"},
        code="Код",
        code_facts="Номер %(phone)s. Код создан %(created)s, подтверждён %(closed)s, неверных попыток: %(tries)s (допускается %(limit)s). "
        "Код привязан к SHA-256 документа.",
        delivery="Доставка SMS",
        statuses={
            "queued": "в очереди",
            "sending": "передаётся",
            "accepted": "принято оператором",
            "delivered": "доставлено",
            "failed": "не доставлено",
            "bounced": "не доставлено",
            "unknown": "итог неизвестен",
        },
        attempt="%(provider)s, сообщение %(id)s: %(status)s",
        agreement="Соглашение",
        agreement_facts="«%(title)s», редакция %(version)s, принято %(accepted)s. SHA-256 текста:",
        certificate="Сертификат",
        certificate_facts="%(name)s %(organisation)s Серийный номер %(serial)s. SHA-256:",
        kept_answers="Собрано при подписании",
        answer_kept="ответ OCSP о сертификате: есть",
        answer_absent="ответ OCSP о сертификате: нет",
        lists_kept="списки отозванных сертификатов: %(count)s",
        list_left_out="список отозванных сертификатов (%(size)s МБ) слишком велик для пакета, Kenes Hub хранит его. SHA-256: %(sha256)s",
        list_not_kept="список отозванных сертификатов (%(size)s МБ) слишком велик и не сохранён. SHA-256: %(sha256)s",
        paper="Бумага",
        paper_facts="Снимок подписанного листа приложен: %(path)s",
        events="События",
        events_lead="Записи журнала об этом документе. Каждая содержит хеш предыдущей, поэтому вставить, убрать или изменить "
        "запись незаметно нельзя.",
        anchor="Суточная метка",
        anchor_stamped="Журнал закрыт меткой за %(day)s с отметкой времени независимого центра. Корень:",
        anchor_bare="Журнал закрыт меткой за %(day)s. Отметки времени независимого центра на ней пока нет. Корень:",
        anchor_none="Суточной метки после этих событий ещё не было. Закажите пакет завтра, и она в нём будет.",
        check="Как проверить",
        check_steps=(
            "Распакуйте архив и откройте терминал в его папке. Нужен Python 3.9 или новее.",
            "Выполните: python3 check.pyz",
            "Сравните напечатанные хеши сертификатов с опубликованными на сайте Kenes Hub и pki.gov.kz.",
            "То же можно сделать в браузере на странице «Проверить документ»: файл не покидает компьютер.",
        ),
        trust="Сертификаты, на которые опирается проверка (SHA-256)",
        page="стр. %(page)s",
    ),
    "kk": SummaryTexts(
        title="Қолтаңбаның дәлелдері",
        lead="Құжатқа кім, қашан және қалай қол қойған. Төмендегі әр жолды осы пакеттегі файл растайды; check.pyz "
        "бағдарламасы олардың бәрін интернетсіз тексереді.",
        document="Құжат",
        number="Нөмірі",
        pages="Бет саны",
        hash="Қол қойылған PDF-тің SHA-256 мәні",
        made="Пакет жиналған уақыт",
        almaty="Алматы уақыты",
        signatures="Қолтаңбалар",
        signer="Кім",
        acts_for="Кімнің атынан",
        method="Қалай",
        methods={
            "sms": "SMS арқылы келген бір реттік код",
            "eds": "NCALayer арқылы ЭЦҚ",
            "egov_qr": "eGov mobile арқылы ЭЦҚ",
            "paper": "Қағазға қолмен, суретін қызметкер тексерген",
        },
        when="Қашан",
        time_sources={"server": "сервердің сағаты бойынша", "timestamp": "сенімді уақыт белгісі бойынша"},
        code="Код",
        code_facts="Нөмір %(phone)s. Код %(created)s жасалды, %(closed)s расталды, қате әрекет саны: %(tries)s (рұқсат етілгені: %(limit)s). "
        "Код құжаттың SHA-256 мәніне байланған.",
        delivery="SMS жеткізілімі",
        statuses={
            "queued": "кезекте",
            "sending": "жіберіліп жатыр",
            "accepted": "оператор қабылдады",
            "delivered": "жеткізілді",
            "failed": "жеткізілмеді",
            "bounced": "жеткізілмеді",
            "unknown": "нәтижесі белгісіз",
        },
        attempt="%(provider)s, %(id)s хабарламасы: %(status)s",
        agreement="Келісім",
        agreement_facts="«%(title)s», %(version)s-редакция, %(accepted)s қабылданған. Мәтіннің SHA-256 мәні:",
        certificate="Сертификат",
        certificate_facts="%(name)s %(organisation)s Сериялық нөмірі %(serial)s. SHA-256:",
        kept_answers="Қол қою кезінде жиналғаны",
        answer_kept="сертификат туралы OCSP жауабы: бар",
        answer_absent="сертификат туралы OCSP жауабы: жоқ",
        lists_kept="қайтарып алынған сертификаттар тізімдері: %(count)s",
        list_left_out="қайтарып алынған сертификаттар тізімі (%(size)s МБ) пакетке сыймайды, оны Kenes Hub сақтайды. SHA-256: %(sha256)s",
        list_not_kept="қайтарып алынған сертификаттар тізімі (%(size)s МБ) тым үлкен, сондықтан сақталмады. SHA-256: %(sha256)s",
        paper="Қағаз",
        paper_facts="Қол қойылған парақтың суреті қоса берілді: %(path)s",
        events="Оқиғалар",
        events_lead="Журналдың осы құжат туралы жазбалары. Әрқайсысында алдыңғысының хеші бар, сондықтан жазбаны білдірмей "
        "қосуға, алып тастауға немесе өзгертуге болмайды.",
        anchor="Тәуліктік белгі",
        anchor_stamped="Журнал %(day)s күнгі белгімен жабылған, оған тәуелсіз орталық уақыт белгісін қойған. Түбірі:",
        anchor_bare="Журнал %(day)s күнгі белгімен жабылған. Тәуелсіз орталықтың уақыт белгісі әзірге жоқ. Түбірі:",
        anchor_none="Бұл оқиғалардан кейін тәуліктік белгі әлі қойылған жоқ. Пакетке ертең тапсырыс берсеңіз, ол ішінде болады.",
        check="Қалай тексеруге болады",
        check_steps=(
            "Архивті ашып, оның қалтасында терминалды іске қосыңыз. Python 3.9 немесе одан жаңасы керек.",
            "Мынаны орындаңыз: python3 check.pyz",
            "Шыққан сертификат хештерін Kenes Hub сайтында және pki.gov.kz-та жарияланғандармен салыстырыңыз.",
            "Мұны браузерде «Құжатты тексеру» бетінде де жасауға болады: файл компьютерден шықпайды.",
        ),
        trust="Тексеру сүйенетін сертификаттар (SHA-256)",
        page="%(page)s-бет",
    ),
    "en": SummaryTexts(
        title="Evidence of the signature",
        lead="Who signed the document, when and how. Each line below is proved by a file of this package; the program "
        "check.pyz checks all of them without the internet.",
        document="Document",
        number="Number",
        pages="Pages",
        hash="SHA-256 of the signed PDF",
        made="Package made",
        almaty="Almaty time",
        signatures="Signatures",
        signer="Who",
        acts_for="On behalf of",
        method="How",
        methods={
            "sms": "One-time code by SMS",
            "eds": "Digital signature (ЭЦП) by NCALayer",
            "egov_qr": "Digital signature (ЭЦП) by eGov mobile",
            "paper": "By hand on paper, the picture checked by staff",
        },
        when="When",
        time_sources={"server": "by the clock of the server", "timestamp": "by a trusted time stamp"},
        code="Code",
        code_facts="Number %(phone)s. Code made %(created)s, confirmed %(closed)s, wrong tries: %(tries)s (%(limit)s allowed). "
        "The code is bound to the SHA-256 of the document.",
        delivery="Delivery of the SMS",
        statuses={
            "queued": "queued",
            "sending": "being handed over",
            "accepted": "accepted by the operator",
            "delivered": "delivered",
            "failed": "not delivered",
            "bounced": "not delivered",
            "unknown": "outcome unknown",
        },
        attempt="%(provider)s, message %(id)s: %(status)s",
        agreement="Agreement",
        agreement_facts="«%(title)s», version %(version)s, accepted %(accepted)s. SHA-256 of the text:",
        certificate="Certificate",
        certificate_facts="%(name)s %(organisation)s Serial number %(serial)s. SHA-256:",
        kept_answers="Collected at signing",
        answer_kept="OCSP answer about the certificate: kept",
        answer_absent="OCSP answer about the certificate: none",
        lists_kept="lists of revoked certificates: %(count)s",
        list_left_out="a list of revoked certificates (%(size)s MB) is too large for the package, Kenes Hub keeps it. SHA-256: %(sha256)s",
        list_not_kept="a list of revoked certificates (%(size)s MB) is too large and was not kept. SHA-256: %(sha256)s",
        paper="Paper",
        paper_facts="The picture of the signed sheet is enclosed: %(path)s",
        events="Events",
        events_lead="Entries of the log about this document. Each holds the hash of the one before it, so none can be put in, "
        "taken out or changed unnoticed.",
        anchor="Daily anchor",
        anchor_stamped="The log is closed by the anchor of %(day)s with a time stamp of an independent authority. Root:",
        anchor_bare="The log is closed by the anchor of %(day)s. It has no time stamp of an independent authority yet. Root:",
        anchor_none="There has been no daily anchor after these events yet. Order the package tomorrow, and it will be in it.",
        check="How to check",
        check_steps=(
            "Unpack the archive and open a terminal in its folder. Python 3.9 or newer is needed.",
            "Run: python3 check.pyz",
            "Compare the printed hashes of certificates with those published on the site of Kenes Hub and on pki.gov.kz.",
            "The page «Verify a document» does the same in the browser: the file does not leave the computer.",
        ),
        trust="Certificates that the check rests on (SHA-256)",
        page="page %(page)s",
    ),
}
