"""Every kind of event can be told to people: a line in the history of a case, or a title, in three languages."""

import pytest
from django.utils import translation

from kenes.accounts.event_labels import TITLES, title
from kenes.cases.history import timeline
from kenes.event_log import events as event_types
from kenes.event_log.events import Event

# Bases of families: nothing is ever recorded under these names.
FAMILIES = {"", "file.event", "message.event", "retention.event"}


def registered() -> dict[str, type[Event]]:
    return {
        name: kind
        for name, kind in event_types._types.items()
        if kind.__module__.startswith("kenes.") and ".tests." not in kind.__module__ and name not in FAMILIES
    }


def test_families_stand_only_for_others() -> None:
    for name in FAMILIES & set(event_types._types):
        assert event_types._types[name].__subclasses__(), f"{name} is recorded itself: give it words"


def test_every_event_has_words() -> None:
    silent = {name for name in registered() if name not in TITLES and not timeline.is_told(name)}
    assert silent == set(), "give these a title or a renderer"


@pytest.mark.parametrize("lang", ["ru", "kk"])
def test_titles_are_translated(lang: str) -> None:
    def words(language: str) -> dict[str, str]:
        with translation.override(language):
            return {name: title(name) for name in TITLES}

    english, here = words("en"), words(lang)
    assert [name for name in TITLES if not here[name] or here[name] in {english[name], name}] == []
    assert [name for name in TITLES if english[name] == name] == []
