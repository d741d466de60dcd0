"""Spelling keys, keyboard layouts and stems: what the search takes for the same word."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kenes.foundation.language import kazakh, layouts
from kenes.foundation.language.spelling import keys
from kenes.foundation.language.stems import stem_keys, words

SPELLINGS = [
    ("Есенұлы", "Есенулы Esenuly Yessenuly Yessenūlı Esenu'ly Esenúly"),
    ("Жанар", "Janar Zhanar Žanar Жанар"),
    ("Шыңғыс", "Shyngys Şıñğıs Shyñǵys Шынгыс"),
    ("Бақытжан", "Baqytjan Bakytzhan Bakhytzhan Бакытжан"),
    ("Қайрат", "Kairat Kayrat Qairat Qaırat Кайрат"),
    ("Сәуле", "Saule Säwle Sáýle Сауле"),
    ("Щербаков", "Shcherbakov Scherbakov Sherbakov"),
    ("Соловьёв", "Solovyov Solovyev Solovev Соловьев"),
    ("Алиев", "Aliyev Aliev"),
    ("Юлия", "Yuliya Julia Iuliia Yulia"),
    ("Александр", "Alexandr Aleksandr"),
    ("Дмитрий", "Dmitry Dmitriy Dmitrij Dmitri"),
    ("Өтеген", "Otegen Ötegen Ótegen Утеген Отеген"),
    ("қарыз", "qaryz karyz qarız карыз"),
    ("шарт", "shart şart s'art"),
    ("Фёдор", "Fedor Fyodor Федор"),
    ("Центркредит", "Centrkredit Tsentrkredit"),
]


@pytest.mark.parametrize(("word", "others"), SPELLINGS)
def test_spellings_of_one_word_share_a_key(word: str, others: str) -> None:
    own = set(keys(word))
    strangers = [other for other in others.split() if own.isdisjoint(keys(other))]
    # «Утеген» is another vowel: a mistake for the list of near words, not a spelling.
    assert strangers in ([], ["Утеген"])


@pytest.mark.parametrize(
    ("one", "other"), [("Ахметов", "Акметов"), ("Серик", "Берик"), ("банк", "бант"), ("Жанат", "Жанар")]
)
def test_other_words_share_none(one: str, other: str) -> None:
    assert set(keys(one)).isdisjoint(keys(other))


@pytest.mark.parametrize("text", ["", "   ", "—", "\u200b", "'", "%_", "🙂"])
def test_no_letters_no_key(text: str) -> None:
    assert keys(text) == ()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ghbdtn", "привет"),
        ("Ljcsvjd", "Досымов"),
        ("rfhsp", "карыз"),
        ("руддщ", "hello"),
        ("лфызш", "kaspi"),
        ("0fhsp", "қарыз"),
        ("k.,jdm", "любовь"),
        ("8=b", "үһи"),
        ("fk0fc", "алқас"),
        ("б2ке", "бәке"),
    ],
)
def test_wrong_layout_is_read_back(typed: str, meant: str) -> None:
    assert meant.lower() in [one.lower() for one in layouts.readings(typed)]


def test_numbers_have_no_other_reading() -> None:
    assert layouts.readings("2345") == []
    assert layouts.readings("4417/2024") == []


@given(st.text(alphabet="абвгдеёжзийклмнопрстуфхцчшщъыьэюя", min_size=1, max_size=30))
@settings(max_examples=200, deadline=None)
def test_russian_keys_there_and_back(text: str) -> None:
    assert layouts.as_russian(layouts.as_english(text)) == text


@given(st.text(alphabet="абвгдежзийклмнопрстуфхцчшыьэюяәіңғүұқөһ", min_size=1, max_size=30))
@settings(max_examples=200, deadline=None)
def test_kazakh_keys_there_and_back(text: str) -> None:
    assert layouts.as_kazakh(layouts.as_english(text)) == text


KAZAKH_FORMS = [
    ("қарыз", "қарызы қарызым қарыздар қарыздың қарызға қарызды қарызда қарыздан қарызбен қарыздарымыздан қарыздарыңызға"),
    ("борыш", "борышы борышым борыштар борыштың борышқа борышты борышта борыштан борышпен борыштарымыз"),
    ("берешек", "берешегі берешегім берешектер берешектің берешекке берешекті берешекте берешектен берешекпен"),
    ("несие", "несиесі несием несиелер несиенің несиеге несиені несиеде несиеден несиемен несиелерімнің несиеңіз"),
    ("шарт", "шарты шартым шарттар шарттың шартқа шартты шартта шарттан шартпен шарттарға шарттарымызды"),
    ("өтініш", "өтініші өтінішім өтініштер өтініштің өтінішке өтінішті өтініште өтініштен өтінішпен өтініштерімізді"),
    ("қала", "қаласы қалалар қаланың қалаға қаланы қалада қаладан қаламен қаламыз қаладағы"),
    ("нотариус", "нотариусы нотариустар нотариустың нотариусқа нотариусты нотариуста нотариустан нотариуспен"),
    ("тарақ", "тарағы тарағым тарақтар тарақтың тараққа тарақты тарақта тарақтан тарақпен"),
    ("кітап", "кітабы кітабым кітаптар кітаптың кітапқа кітапты кітапта кітаптан кітаппен"),
    ("жұмыс", "жұмысы жұмысым жұмыссыз жұмыссыздық жұмыстан жұмысқа жұмыстағы"),
    ("келісім", "келісімі келісімдер келісімнің келісімге келісімді келісімде келісімнен келісіммен"),
    ("халық", "халқы халқының халықтың халыққа"),
    ("мерзім", "мерзімі мерзімнің мерзімге мерзімдер мерзімінен"),
    ("кредит", "кредиті кредиттер кредиттің кредитке кредитті кредитте кредиттен кредитпен"),
    ("банк", "банктің банкке банктер банктен банкте банкті"),
    ("төле", "төлеу төлем төледі төледім төлеген төлейді төлемдер төлемеді төлесе"),
    ("отбасы", "отбасының отбасына отбасында отбасымен"),
    ("карыз", "карызга карыздын карыздан карыздар карызым карыздарымыздан"),
    ("отиниш", "отинишим отиништер отиништи отинишке"),
]  # fmt: skip


@pytest.mark.parametrize(("base", "forms"), KAZAKH_FORMS)
def test_kazakh_forms_share_the_stem(base: str, forms: str) -> None:
    wanted = kazakh.stem(base)
    assert [form for form in forms.split() if kazakh.stem(form) != wanted] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("қарыз", "қарт"), ("банк", "бала"), ("шарт", "шар"), ("несие", "нес"), ("адам", "ада"), ("алма", "ал")],
)
def test_other_kazakh_words_keep_apart(one: str, other: str) -> None:
    assert kazakh.stem(one) != kazakh.stem(other)


@pytest.mark.parametrize("word", ["қаладен", "үйлар", "шартға", "қарызпен", "кітапге"])
def test_endings_against_harmony_or_assimilation_stay(word: str) -> None:
    assert kazakh.stem(word) == word or kazakh.stem(word) == word[:-1] + {"ғ": "қ", "г": "к"}.get(
        word[-1], word[-1]
    )


BACK, FRONT, VOICELESS, NASAL = "аоұы", "әөүіе", "пфкқтсшщч", "мнң"
# Stems that do not themselves end like an ending.
BASES = (
    "қарыз", "шарт", "борыш", "несие", "қала", "банкрот", "өтініш", "берешек", "дерек", "табыс", "соттал", "үкім",
    "келісім", "мекеме", "заңгер", "есеп", "пайыз", "айыппұл", "мүлік", "кепіл", "азамат", "хабар", "шешім", "көмек",
    "мәселе", "құжат", "тұрғын", "жұмыс", "отбас", "жалақ",
)  # fmt: skip


def _last_vowel_back(stem: str) -> bool:
    return next(char for char in reversed(stem) if char in BACK + FRONT) in BACK


def _add(stem: str, kind: str) -> str:
    """One ending by the rules of the grammar, written apart from the stripper."""
    back = _last_vowel_back(stem)
    a, y = ("а", "ы") if back else ("е", "і")
    last = stem[-1]
    vowel, voiceless, nasal = last in BACK + FRONT, last in VOICELESS, last in NASAL
    soft = {"қ": "ғ", "к": "г", "п": "б"}.get(last, last)
    match kind:
        case "plural":
            start = "т" if voiceless else "д" if last in "лмнңжз" else "л"
            return f"{stem}{start}{a}р"
        case "my":
            return f"{stem}м" if vowel else f"{stem[:-1]}{soft}{y}м"
        case "our":
            return f"{stem}м{y}з" if vowel else f"{stem[:-1]}{soft}{y}м{y}з"
        case "genitive":
            start = "т" if voiceless else "н" if vowel or nasal else "д"
            return f"{stem}{start}{y}ң"
        case "dative":
            start = ("қ" if back else "к") if voiceless else ("ғ" if back else "г")
            return f"{stem}{start}{a}"
        case "accusative":
            start = "т" if voiceless else "н" if vowel else "д"
            return f"{stem}{start}{y}"
        case "locative":
            return f"{stem}{'т' if voiceless else 'д'}{a}"
        case "ablative":
            start = "т" if voiceless else "н" if nasal else "д"
            return f"{stem}{start}{a}н"
        case _:
            start = "п" if voiceless else "б" if last in "жз" else "м"
            return f"{stem}{start}ен"


CASES = ("genitive", "dative", "accusative", "locative", "ablative", "instrumental")


@given(
    base=st.sampled_from(BASES),
    plural=st.booleans(),
    whose=st.sampled_from(("", "our")),
    case=st.sampled_from(("", *CASES)),
)
@settings(max_examples=400, deadline=None)
def test_stem_of_a_form_is_the_stem_of_its_base(base: str, plural: bool, whose: str, case: str) -> None:
    form = base
    for kind in ("plural" if plural else "", whose, case):
        form = _add(form, kind) if kind else form
    assert kazakh.stem(form) == kazakh.stem(base), form


RUSSIAN_FORMS = [
    ("просрочка", "просрочки просрочкой просрочку"),
    ("заявление", "заявления заявлением заявлений заявлениями"),
    ("нотариус", "нотариуса нотариусом нотариусу"),
    ("реструктуризация", "реструктуризации реструктуризацию"),
    ("кредитный", "кредитного кредитным кредитная кредитных"),
    ("Досымов", "Досымова Досымову Досымовым"),
    ("жалоба", "жалобы жалобу жалобой жалоб"),
]


@pytest.mark.parametrize(("base", "forms"), RUSSIAN_FORMS)
def test_russian_forms_share_a_stem(base: str, forms: str) -> None:
    (low,) = words(base)
    own = set(stem_keys(low))
    assert [form for form in words(forms) if own.isdisjoint(stem_keys(form))] == []


@pytest.mark.parametrize(
    ("latin", "meant"),
    [("qaryzdardan", "қарыз"), ("zayavleniya", "заявление"), ("borysh", "борыш"), ("nesielerdi", "несие"),
     ("şarttar", "шарт"), ("prosrochki", "просрочка"), ("notariusa", "нотариус")],
)  # fmt: skip
def test_latin_words_lose_their_endings_too(latin: str, meant: str) -> None:
    assert set(stem_keys(words(latin)[0])) & set(stem_keys(words(meant)[0]))


@given(st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read(text: str) -> None:
    for word in words(text):
        assert all(isinstance(one, str) and one for one in stem_keys(word))
        layouts.readings(word)
