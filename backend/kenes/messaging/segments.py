"""How many parts an SMS takes (GSM 03.38): what it costs and whether a code fits into one."""

from typing import Final

_BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED: Final = frozenset("^{}\\[]~|€\f")
GSM_SINGLE, GSM_PART = 160, 153
UCS2_SINGLE, UCS2_PART = 70, 67


def count_segments(text: str) -> int:
    """Parts of the text: 160 or 153 units in GSM-7, 70 or 67 UTF-16 units otherwise; 1 for an empty text.

    One Cyrillic or Kazakh letter (also Kazakh Latin, «», —, ₸) makes the whole text UCS-2. An extension character
    of GSM-7 takes two units, an emoji two UTF-16 units, and neither is split between parts.
    """
    if all(char in _BASIC or char in _EXTENDED for char in text):
        return _parts([2 if char in _EXTENDED else 1 for char in text], GSM_SINGLE, GSM_PART)
    return _parts([len(char.encode("utf-16-be")) // 2 for char in text], UCS2_SINGLE, UCS2_PART)


def _parts(sizes: list[int], single: int, part: int) -> int:
    if sum(sizes) <= single:
        return 1
    parts, used = 1, 0
    for size in sizes:
        if used + size > part:
            parts, used = parts + 1, 0
        used += size
    return parts
