"""How many parts an SMS takes, by GSM 03.38."""

_GSM_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_EXTENDED = frozenset("^{}\\[]~|€\f")


def count_segments(text: str) -> int:
    """Number of parts the text is sent in.

    One letter outside GSM-7 (any Cyrillic or Kazakh one) makes the whole text UCS-2, counted in
    UTF-16 units. A pair (extension escape, surrogate) is never split between parts.
    """
    if all(char in _GSM_BASIC or char in _GSM_EXTENDED for char in text):
        return _parts([2 if char in _GSM_EXTENDED else 1 for char in text], 160, 153)
    return _parts([len(char.encode("utf-16-be")) // 2 for char in text], 70, 67)


def _parts(sizes: list[int], single: int, part: int) -> int:
    if sum(sizes) <= single:
        return 1
    parts, used = 1, 0
    for size in sizes:
        if used + size > part:
            parts, used = parts + 1, 0
        used += size
    return parts
