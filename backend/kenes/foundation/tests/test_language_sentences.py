import pytest

from kenes.foundation.language.sentences import sentences


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("Платёж 26 октября 2026 г.", "10 777,44 ₸"), "Платёж 26 октября 2026 г. 10 777,44 ₸"),
        (("МФО «Айқын»", "Действует до 10 декабря 2026 г."), "МФО «Айқын». Действует до 10 декабря 2026 г."),
        (("Когда ответите?", "Жду"), "Когда ответите? Жду"),
        (("", None, "  ", "Одно"), "Одно"),
        ((), ""),
    ],
)
def test_words_become_sentences_with_one_mark_each(words: tuple[str | None, ...], expected: str) -> None:
    assert sentences(*words) == expected
