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
    when: str
    almaty: str
    how: str
    sms_code: str
    ground: str
    agreement: str
    file: str
    file_size: str
    seal: str
    seal_certificate: str
    check: str
    check_how: str
    binding: str


TEXTS: Final[dict[PageLanguage, PageTexts]] = {
    "ru": PageTexts(
        title="Лист подписи",
        subtitle="Приложение к документу, подписанному электронно",
        document="Документ",
        signer="Кто подписал",
        when="Когда",
        almaty="по времени Алматы",
        how="Как",
        sms_code="Одноразовый код из SMS на подтверждённый номер %(phone)s",
        ground="Основание",
        agreement="Соглашение о подписании кодом из SMS, редакция %(version)s, принято %(accepted)s по времени Алматы",
        file="Подписанный файл",
        file_size="SHA-256 · страниц: %(pages)s · байт: %(size)s",
        seal="Печать",
        seal_certificate="SHA-256 сертификата печати",
        check="Проверить документ",
        check_how="Наведите камеру на код или откройте адрес. Там же можно загрузить этот файл.",
        binding=(
            "Подпись поставлена под файлом без этого листа. Подписанный файл сохранён здесь без изменений: это первые "
            "%(size)s байт. Весь файл закрыт электронной печатью PAdES, и любое изменение после неё видно при проверке."
        ),
    ),
    "kk": PageTexts(
        title="Қолтаңба парағы",
        subtitle="Электрондық түрде қол қойылған құжатқа қосымша",
        document="Құжат",
        signer="Кім қол қойды",
        when="Қашан",
        almaty="Алматы уақыты",
        how="Қалай",
        sms_code="Расталған %(phone)s нөміріне SMS арқылы келген бір реттік код",
        ground="Негізі",
        agreement="SMS-код арқылы қол қою туралы келісім, %(version)s-редакция, Алматы уақытымен %(accepted)s қабылданған",
        file="Қол қойылған файл",
        file_size="SHA-256 · бет саны: %(pages)s · байт саны: %(size)s",
        seal="Мөр",
        seal_certificate="Мөр сертификатының SHA-256 мәні",
        check="Құжатты тексеру",
        check_how="Камераны кодқа бағыттаңыз немесе мекенжайды ашыңыз. Осы файлды да сол жерге жүктеуге болады.",
        binding=(
            "Қол осы парақсыз файлға қойылған. Қол қойылған файл мұнда өзгеріссіз сақталған: бұл — алғашқы %(size)s байт. "
            "Бүкіл файлға PAdES электрондық мөрі басылған, одан кейінгі кез келген өзгеріс тексергенде көрінеді."
        ),
    ),
}
