from __future__ import annotations

import pytest
from django.utils import translation

from kenes.accounts.sms_texts import SMS_UNITS, units
from kenes.signing import sms_texts, verify_texts
from kenes.signing.verify import Reason

# Longer than any number the platform gives.
LONGEST_NUMBER = "KH-2026-1234567-99"


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_signing_message_is_one_sms_and_names_the_document_number_only(language: str) -> None:
    with translation.override(language):
        text = sms_texts.signature("482913", LONGEST_NUMBER)

    assert units(text) <= SMS_UNITS
    assert "482913" in text
    assert LONGEST_NUMBER in text


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_signing_message_is_in_the_language_of_the_signer(language: str) -> None:
    with translation.override("en"):
        english = sms_texts.signature("482913", LONGEST_NUMBER)
    with translation.override(language):
        assert sms_texts.signature("482913", LONGEST_NUMBER) != english


def test_every_reason_has_a_sentence() -> None:
    assert set(verify_texts.REASONS) == set(Reason)


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_the_message_that_it_is_ones_turn_is_one_sms(language: str) -> None:
    with translation.override(language):
        text = sms_texts.waits(LONGEST_NUMBER)

    assert units(text) <= SMS_UNITS
    assert LONGEST_NUMBER in text
