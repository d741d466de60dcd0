"""The same records for both sides: a base of made cases, multiplied; what is different between copies is told here."""

import random
from typing import Final

BASE: Final = 1000
SEED: Final = 7
# Words that nobody has said before, by copy of the base: sixty thousand in all at 200 000 cases.
NEW_WORDS: Final = 300
SIZES: Final = (1000, 20_000, 200_000)
# Notes as staff write them; the last ones are rare. Kazakh ones are what a word form is looked for in.
NOTES: Final = (
    "Просит отсрочку, принёс справку о сокращении с работы.",
    "Банк отвечает медленно, ждём письма до конца месяца.",
    "Предложили снизить ставку, клиент думает.",
    "Созвонились, документы обещает прислать завтра.",
    "Жұмыссыз қалды, несиесін төлей алмайды, анықтамасын әкелді.",
    "Екінші банктен жауап келмеді, қайта хат жібереміз.",
    "Нотариус сделал исполнительную надпись, готовим возражение.",
)
KAZAKH_NOTE: Final = "Қарызымды екі айға кейінге қалдыруды сұраймын деп өтініш берді."
KAZAKH_EVERY: Final = 50
# The base has it inflected; the query is another form of the same word.
KAZAKH_FORM: Final = "қарыздарымыздан"
FILTERED_STATUS: Final = "active"
PEER_STATUS: Final = {"triage": 1, "active": 2, "awaiting_borrower": 3}


def note_of(index: int) -> str:
    """The note of the base case with this index."""
    if index % KAZAKH_EVERY == 0:
        return KAZAKH_NOTE
    return random.Random(f"note-{index}").choice(NOTES)


def number_of(base_number: str, copy: int) -> str:
    """`KH-2007-000123` is `KH-3005-000123` in the fifth copy."""
    return f"KH-{3000 + copy}{base_number[7:]}" if copy else base_number


def mistyped(word: str) -> str:
    """Two neighbours swapped in the middle, as fingers do."""
    at = len(word) // 2
    return word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]
