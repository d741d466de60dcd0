"""What the checker says, in three languages."""

from __future__ import annotations

import json
import pkgutil
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

LANGUAGES: Final = ("ru", "kk", "en")
# Reasons that say whose the rest of the code is.
PREFIXES: Final = ("timestamp_", "issuer_")


@dataclass(frozen=True)
class Words:
    """One language of the checker."""

    verdicts: dict[str, str]
    results: dict[str, str]
    document: str
    sealed_by: str
    made: str
    stamped: str
    events: str
    anchored: str
    signature: str
    time_sources: dict[str, str]
    rests_package: str
    rests_given: str
    steps: dict[str, str]
    signer_steps: dict[str, str]


@lru_cache(maxsize=1)
def reasons() -> dict[str, dict[str, str]]:
    """Reason code → language → words: every code that any part of kzsign gives."""
    data = pkgutil.get_data("kzsign", "reasons.json")
    found: Any = json.loads((data or b"{}").decode("utf-8"))
    return dict(found)


def has_words(code: str) -> bool:
    """Whether a reason can be told, as it is or by its parts."""
    known = reasons()
    return code in known or any(code.startswith(part) and code[len(part) :] in known for part in PREFIXES)


def reason_text(code: str, language: str) -> str:
    """A reason in words; the code itself when a newer part gives one without words."""
    known = reasons()
    if code in known:
        return known[code][language]
    for part in PREFIXES:
        rest = code[len(part) :]
        if code.startswith(part) and rest in known:
            return known[part][language] + known[rest][language]
    return code


WORDS: Final[dict[str, Words]] = {
    "ru": Words(
        verdicts={
            "valid": "ПОДТВЕРЖДЕНО. Файлы целы, подписи и печать действительны.",
            "invalid": "НЕ ПОДТВЕРЖДЕНО. Этому пакету нельзя доверять.",
            "unknown": "НЕИЗВЕСТНО. Нарушений не найдено, но подтвердить всё нельзя.",
        },
        results={"valid": "действительна", "invalid": "недействительна", "unknown": "подтвердить нельзя"},
        document="Документ",
        sealed_by="Пакет запечатал",
        made="Собран",
        stamped="Стоит в этом виде самое позднее с",
        events="событий показано полностью: %(shown)s, только хешем: %(hidden)s",
        anchored="суточная метка за %(day)s, отметка времени: %(at)s",
        signature="Подпись",
        time_sources={
            "timestamp": "доверенная метка времени",
            "given": "время записи в пакете",
            "now": "время проверки",
        },
        rests_package="Проверка опирается на сертификаты из самого пакета. Сравните их SHA-256 с опубликованными "
        "на сайте Kenes Hub и pki.gov.kz или дайте свои: --anchors ПАПКА",
        rests_given="Проверка опирается на ваши сертификаты:",
        steps={
            "container": "Архив открывается",
            "manifest": "Список файлов читается",
            "files": "Все файлы на месте и не изменены",
            "seal": "Печать на списке файлов",
            "stamp": "Метка времени на печати",
            "document": "Подписанный документ",
            "sealed_document": "Экземпляр с печатью",
            "signatures": "Подписи",
            "events": "Цепочка событий",
            "anchor": "Суточная метка",
        },
        signer_steps={
            "decode": "Подпись читается",
            "content": "Подписан именно этот документ",
            "certificate": "Сертификат подписавшего",
            "attributes": "Свойства подписи",
            "digest": "Документ не изменён",
            "signing_certificate": "Подпись привязана к сертификату",
            "signature": "Подпись верна",
            "time": "Время подписи",
            "chain": "Кто за неё отвечает",
            "revocation": "Сертификат не отозван",
            "usage": "Право так подписывать",
        },
    ),
    "kk": Words(
        verdicts={
            "valid": "РАСТАЛДЫ. Файлдар бүтін, қолтаңбалар мен мөр жарамды.",
            "invalid": "РАСТАЛМАДЫ. Бұл пакетке сенуге болмайды.",
            "unknown": "БЕЛГІСІЗ. Бұзушылық табылмады, бірақ бәрін растау мүмкін емес.",
        },
        results={"valid": "жарамды", "invalid": "жарамсыз", "unknown": "растау мүмкін емес"},
        document="Құжат",
        sealed_by="Пакетке мөр басқан",
        made="Жиналған уақыты",
        stamped="Осы күйінде тұр, кем дегенде мына уақыттан бері",
        events="толық көрсетілген оқиға: %(shown)s, тек хешпен: %(hidden)s",
        anchored="%(day)s күнгі тәуліктік белгі, уақыт белгісі: %(at)s",
        signature="Қолтаңба",
        time_sources={
            "timestamp": "сенімді уақыт белгісі",
            "given": "пакетте жазылған уақыт",
            "now": "тексеру уақыты",
        },
        rests_package="Тексеру пакеттің өз ішіндегі сертификаттарға сүйенеді. Олардың SHA-256 мәндерін Kenes Hub сайтында "
        "және pki.gov.kz-та жарияланғандармен салыстырыңыз немесе өзіңіздікін беріңіз: --anchors ҚАЛТА",
        rests_given="Тексеру сіздің сертификаттарыңызға сүйенеді:",
        steps={
            "container": "Архив ашылады",
            "manifest": "Файлдар тізімі оқылады",
            "files": "Барлық файл орнында және өзгермеген",
            "seal": "Файлдар тізіміндегі мөр",
            "stamp": "Мөрдегі уақыт белгісі",
            "document": "Қол қойылған құжат",
            "sealed_document": "Мөр басылған данасы",
            "signatures": "Қолтаңбалар",
            "events": "Оқиғалар тізбегі",
            "anchor": "Тәуліктік белгі",
        },
        signer_steps={
            "decode": "Қолтаңба оқылады",
            "content": "Дәл осы құжатқа қол қойылған",
            "certificate": "Қол қоюшының сертификаты",
            "attributes": "Қолтаңбаның қасиеттері",
            "digest": "Құжат өзгермеген",
            "signing_certificate": "Қолтаңба сертификатқа байланған",
            "signature": "Қолтаңба дұрыс",
            "time": "Қол қойылған уақыт",
            "chain": "Оған кім жауап береді",
            "revocation": "Сертификат қайтарып алынбаған",
            "usage": "Осылай қол қою құқығы",
        },
    ),
    "en": Words(
        verdicts={
            "valid": "CONFIRMED. The files are whole, the signatures and the seal are valid.",
            "invalid": "NOT CONFIRMED. Do not rely on this package.",
            "unknown": "UNKNOWN. Nothing wrong was found, but not everything can be confirmed.",
        },
        results={"valid": "valid", "invalid": "not valid", "unknown": "cannot be confirmed"},
        document="Document",
        sealed_by="Sealed by",
        made="Made",
        stamped="Stands as it is since at the latest",
        events="events shown whole: %(shown)s, by hash alone: %(hidden)s",
        anchored="daily anchor of %(day)s, time stamp: %(at)s",
        signature="Signature",
        time_sources={
            "timestamp": "trusted time stamp",
            "given": "time recorded in the package",
            "now": "time of the check",
        },
        rests_package="The check rests on the certificates inside the package. Compare their SHA-256 with those published "
        "on the site of Kenes Hub and on pki.gov.kz, or give your own: --anchors FOLDER",
        rests_given="The check rests on your certificates:",
        steps={
            "container": "The archive opens",
            "manifest": "The list of files can be read",
            "files": "All files are there and unchanged",
            "seal": "Seal on the list of files",
            "stamp": "Time stamp on the seal",
            "document": "Signed document",
            "sealed_document": "Sealed copy",
            "signatures": "Signatures",
            "events": "Event chain",
            "anchor": "Daily anchor",
        },
        signer_steps={
            "decode": "The signature can be read",
            "content": "It signs exactly this document",
            "certificate": "Certificate of the signer",
            "attributes": "Properties of the signature",
            "digest": "The document has not changed",
            "signing_certificate": "The signature is bound to the certificate",
            "signature": "The signature is right",
            "time": "Time of the signature",
            "chain": "Who stands behind it",
            "revocation": "The certificate is not revoked",
            "usage": "The right to sign this way",
        },
    ),
}
