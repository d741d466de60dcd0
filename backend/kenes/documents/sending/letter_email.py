"""The e-mail that carries a signed letter to the creditor: Russian and Kazakh in one, plain and HTML."""

from dataclasses import dataclass
from html import escape
from typing import Final

from django.conf import settings

from kenes.cases.models import Case
from kenes.documents import catalogue
from kenes.documents.letters import kazakh
from kenes.documents.letters.content import LetterContent
from kenes.documents.models import Document
from kenes.documents.packages.sending import Carried
from kenes.foundation import crypto
from kenes.foundation.language.dates import format_date
from kenes.foundation.language.names import decline
from kenes.foundation.values import Iin

_TOKEN_LENGTH: Final = 16
_LANGUAGE_NAMES: Final = {
    "ru": {"ru": ("русском", "русский"), "kk": ("казахском", "казахский")},
    "kk": {"ru": ("орыс", "орыс"), "kk": ("қазақ", "қазақ")},
}


@dataclass(frozen=True, slots=True)
class LetterEmail:
    subject: str
    text: str
    html: str
    reply_to: str


def reply_address(case: Case) -> str:
    """`case+kh-2026-000123.<mark>@…`: an answer to it belongs to the case. The mark is keyed, so nobody can make one."""
    number = (case.number or "").lower()
    return f"case+{number}.{crypto.lookup_hash(f'reply:{number}')[:_TOKEN_LENGTH]}@{settings.EMAIL_DOMAIN}"


def compose(
    *,
    case: Case,
    document: Document,
    content: LetterContent,
    verify_url: str,
    translation_language: str,
    carried: Carried,
) -> LetterEmail:
    """Subject, both bodies and the address for the answer. The borrower's language comes first."""
    reply_to = reply_address(case)
    parts = {
        "ru": _russian(document, content, verify_url, translation_language, reply_to, carried),
        "kk": _kazakh(document, content, verify_url, translation_language, reply_to, carried),
    }
    order = (document.language, "kk" if document.language == "ru" else "ru")
    paragraphs = [*parts[order[0]], "—", *parts[order[1]]]
    contract = content.contract
    subject = {
        "ru": f"Документ № {document.number}" + (f" по договору № {contract.number}" if contract else ""),
        "kk": (f"№ {contract.number} шарт бойынша " if contract else "") + f"№ {document.number} құжат",
    }
    return LetterEmail(
        subject=f"{subject[order[0]]} / {subject[order[1]]}",
        text="\n\n".join(paragraphs) + "\n",
        html=_html(paragraphs, document.language),
        reply_to=reply_to,
    )


def _russian(
    document: Document,
    content: LetterContent,
    verify_url: str,
    translation: str,
    reply_to: str,
    carried: Carried,
) -> list[str]:
    contract, person = content.contract, content.borrower
    borrower = decline(person.full_name, Iin(person.iin).sex, "genitive")
    attached = [
        f"Во вложении: 1) документ № {document.number} на {_LANGUAGE_NAMES['ru'][document.language][0]} языке, "
        "подписанный заёмщиком и заверенный печатью платформы (в конце файла – лист подписи)"
    ]
    if translation:
        attached.append(f"; 2) его перевод на {_LANGUAGE_NAMES['ru'][translation][1]} язык, без подписи")
    if carried.package_pages and not carried.left_out:
        attached.append(
            f"; {3 if translation else 2}) пакет документов одним файлом, листов: {carried.package_pages} "
            "(сопроводительное письмо с перечнем, копия документа, приложения)"
        )
    if carried.left_out:
        attached.append(
            ". Приложения слишком велики для электронной почты; направим их тем способом, который Вы укажете в ответ"
        )
    check = [f"Проверить подпись и целостность файла: {verify_url}"] if verify_url else []
    return [
        "Здравствуйте!",
        f"Направляем от заёмщика {borrower} документ «{_title(document, 'ru')}»"
        + (f", договор № {contract.number} от {format_date(contract.signed_on, 'ru')}" if contract else "."),
        "".join(attached) + ".",
        *check,
        "Просим сообщить о решении в течение 15 календарных дней со дня получения. Ответить можно на это письмо "
        f"({reply_to})"
        + (f" или заёмщику: {content.borrower.email}" if content.borrower.email else "")
        + ".",
        "Kenes Hub, по поручению заёмщика",
    ]


def _kazakh(
    document: Document,
    content: LetterContent,
    verify_url: str,
    translation: str,
    reply_to: str,
    carried: Carried,
) -> list[str]:
    contract = content.contract
    attached = [
        "Қоса берілді: 1) қарыз алушы қол қойған, платформаның мөрімен расталған, "
        f"{_LANGUAGE_NAMES['kk'][document.language][0]} тіліндегі № {document.number} құжат (файлдың соңында – қолтаңба парағы)"
    ]
    if translation:
        attached.append(
            f"; 2) оның {_LANGUAGE_NAMES['kk'][translation][1]} тіліндегі аудармасы, оған қол қойылмаған"
        )
    if carried.package_pages and not carried.left_out:
        attached.append(
            f"; {3 if translation else 2}) бір файлға жиналған құжаттар топтамасы, парақ саны: {carried.package_pages} "
            "(тізбесі бар ілеспе хат, құжаттың көшірмесі, қосымшалар)"
        )
    if carried.left_out:
        attached.append(
            ". Қосымшалардың көлемі электрондық пошта үшін тым үлкен; жауапта көрсеткен тәсіліңізбен жібереміз"
        )
    check = [f"Қолтаңбаны және файлдың өзгермегенін тексеру: {verify_url}"] if verify_url else []
    return [
        "Сәлеметсіз бе!",
        f"Қарыз алушының ({content.borrower.full_name}) «{_title(document, 'kk')}» құжатын жолдаймыз"
        + (f" ({kazakh.of_day(contract.signed_on)} № {contract.number} шарт)." if contract else "."),
        "".join(attached) + ".",
        *check,
        "Шешіміңізді құжатты алған күннен бастап күнтізбелік 15 күн ішінде хабарлауыңызды сұраймыз. Жауапты осы хатқа "
        f"жауап ретінде ({reply_to})" + (f" немесе қарыз алушының поштасына ({content.borrower.email})" if content.borrower.email else "")
        + " жібере аласыз.",
        "Kenes Hub, қарыз алушының тапсырмасы бойынша",
    ]  # fmt: skip


def _title(document: Document, language: str) -> str:
    kind = catalogue.get(document.code)
    return document.code if kind is None else kind.title.of(language)


def _html(paragraphs: list[str], language: str) -> str:
    body = "".join("<hr>" if text == "—" else f"<p>{_linked(text)}</p>" for text in paragraphs)
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"></head>'
        f'<body style="font-family:Arial,sans-serif;font-size:15px;line-height:1.5">{body}</body></html>'
    )


def _linked(text: str) -> str:
    words = []
    for word in text.split(" "):
        safe = escape(word)
        words.append(f'<a href="{safe}">{safe}</a>' if word.startswith(("https://", "http://")) else safe)
    return " ".join(words)
