"""Words of the certificate page. Both languages stand on the page at once, so they are kept side by side here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

PageLanguage = Literal["ru", "kk"]


@dataclass(frozen=True)
class PageTexts:
    """One language of the page; %-fields are filled by ``certificate_page``."""

    title: str
    subtitle: str
    document: str
    signer: str
    signers: str
    signature_of: str
    approval_of: str
    when: str
    almaty: str
    how: str
    sms_code: str
    own_key: str
    egov_mobile: str
    by_hand: str
    approval: str
    stamped: str
    ground: str
    agreement: str
    certificate: str
    certificate_of: str
    paper_checked: str
    on_behalf: str
    roles: dict[str, str]
    file: str
    file_size: str
    seal: str
    seal_certificate: str
    seal_with_time: str
    seal_without_time: str
    check: str
    check_how: str
    binding: str
    page_of: str


TEXTS: Final[dict[PageLanguage, PageTexts]] = {
    "ru": PageTexts(
        title="Лист подписи",
        subtitle="Приложение к подписанному документу",
        document="Документ",
        signer="Кто подписал",
        signers="Подписи",
        signature_of="Подпись %(number)s из %(all)s",
        approval_of="Согласование",
        when="Когда",
        almaty="по времени Алматы",
        how="Как",
        sms_code="Одноразовый код из SMS на подтверждённый номер %(phone)s",
        own_key="ЭЦП, ключ НУЦ РК (NCALayer), %(algorithm)s",
        egov_mobile="ЭЦП, ключ НУЦ РК (eGov mobile), %(algorithm)s",
        by_hand="От руки на бумаге, фотография подписанного документа хранится",
        approval="Согласовано без подписи",
        stamped="время по метке времени",
        ground="Основание",
        agreement="Соглашение о подписании кодом из SMS, редакция %(version)s, принято %(accepted)s по времени Алматы",
        certificate="Сертификат № %(serial)s",
        certificate_of="Сертификат № %(serial)s: %(owner)s",
        paper_checked="Подпись на бумаге проверил(а) %(name)s, %(at)s",
        on_behalf="От имени: %(principal)s, по доверенности",
        roles={
            "individual": "физическое лицо",
            "entity": "юридическое лицо",
            "head": "первый руководитель",
            "right_to_sign": "право подписи",
            "right_to_sign_financial": "право подписи финансовых документов",
            "hr_employee": "сотрудник отдела кадров",
            "employee": "сотрудник организации",
        },
        file="Подписанный файл",
        file_size="SHA-256 · страниц: %(pages)s · байт: %(size)s",
        seal="Печать",
        seal_certificate="SHA-256 сертификата печати",
        seal_with_time="PAdES B-LTA: с меткой времени и данными для проверки через годы",
        seal_without_time="PAdES B-B: без метки времени",
        check="Проверить документ",
        check_how="Наведите камеру на код или откройте адрес. Там же можно загрузить этот файл.",
        binding=(
            "Подписи относятся к файлу без этого листа. Подписанный файл сохранён здесь без изменений: это первые "
            "%(size)s байт. Весь файл закрыт электронной печатью PAdES, и любое изменение после неё видно при проверке."
        ),
        page_of="лист %(number)s из %(all)s",
    ),
    "kk": PageTexts(
        title="Қолтаңба парағы",
        subtitle="Қол қойылған құжатқа қосымша",
        document="Құжат",
        signer="Кім қол қойды",
        signers="Қолтаңбалар",
        signature_of="%(number)s-қолтаңба, барлығы %(all)s",
        approval_of="Келісу",
        when="Қашан",
        almaty="Алматы уақыты",
        how="Қалай",
        sms_code="Расталған %(phone)s нөміріне SMS арқылы келген бір реттік код",
        own_key="ЭЦҚ, ҚР ҰКО кілті (NCALayer), %(algorithm)s",
        egov_mobile="ЭЦҚ, ҚР ҰКО кілті (eGov mobile), %(algorithm)s",
        by_hand="Қағазға қолмен қойылған, қол қойылған құжаттың фотосуреті сақталған",
        approval="Қол қоймай келісті",
        stamped="уақыты — уақыт белгісі бойынша",
        ground="Негізі",
        agreement="SMS-код арқылы қол қою туралы келісім, %(version)s-редакция, Алматы уақытымен %(accepted)s қабылданған",
        certificate="Сертификат № %(serial)s",
        certificate_of="Сертификат № %(serial)s: %(owner)s",
        paper_checked="Қағаздағы қолтаңбаны тексерген: %(name)s, %(at)s",
        on_behalf="%(principal)s атынан, сенімхат бойынша",
        roles={
            "individual": "жеке тұлға",
            "entity": "заңды тұлға",
            "head": "бірінші басшы",
            "right_to_sign": "қол қою құқығы бар тұлға",
            "right_to_sign_financial": "қаржы құжаттарына қол қою құқығы бар тұлға",
            "hr_employee": "кадр бөлімінің қызметкері",
            "employee": "ұйым қызметкері",
        },
        file="Қол қойылған файл",
        file_size="SHA-256 · бет саны: %(pages)s · байт саны: %(size)s",
        seal="Мөр",
        seal_certificate="Мөр сертификатының SHA-256 мәні",
        seal_with_time="PAdES B-LTA: уақыт белгісі және жылдар өткен соң тексеруге керек деректер бар",
        seal_without_time="PAdES B-B: уақыт белгісі жоқ",
        check="Құжатты тексеру",
        check_how="Камераны кодқа бағыттаңыз немесе мекенжайды ашыңыз. Осы файлды да сол жерге жүктеуге болады.",
        binding=(
            "Қолтаңбалар осы парақсыз файлға қатысты. Қол қойылған файл мұнда өзгеріссіз сақталған: бұл — алғашқы %(size)s байт. "
            "Бүкіл файлға PAdES электрондық мөрі басылған, одан кейінгі кез келген өзгеріс тексергенде көрінеді."
        ),
        page_of="%(all)s парақтың %(number)s-парағы",
    ),
}
