"""Parts of text messages by GSM 03.38."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kenes.messaging.segments import count_segments


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("[" * 80, 1),
        ("[" * 81, 2),
        ("a" * 152 + "[" + "a" * 151, 2),
        # 306 units would fit into two parts, but a pair on the border moves as a whole.
        ("a" * 152 + "[" + "a" * 152, 3),
        ("ж" * 70, 1),
        ("ж" * 71, 2),
        ("ж" * 134, 2),
        ("ж" * 135, 3),
        ("a" * 70 + "ә", 2),
        ("a" * 70 + "₸", 2),
        ("a" * 70 + "\u00a0", 2),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
        ("😀" * 66, 2),
        ("😀" * 67, 3),
    ],
)
def test_parts(text, parts):
    assert count_segments(text) == parts


@given(st.text(max_size=400))
def test_parts_hold_the_text_and_never_grow_by_less_than_one_letter(text):
    parts = count_segments(text)
    assert parts * 160 >= len(text)
    assert count_segments(text + "ж") >= parts
