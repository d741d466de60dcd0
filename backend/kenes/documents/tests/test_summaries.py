"""What a document says of itself: by its kind, and never of a creditor when it goes elsewhere."""

import pytest
from django.utils import translation

from kenes.documents import catalogue, kinds
from kenes.documents.states import DispatchStatus, DocumentStatus


def said(code: str, status: str, language: str = "ru", *, dispatch_status: str | None = None) -> str:
    with translation.override(language):
        return kinds.summary(status, code=code, is_translation=False, dispatch_status=dispatch_status)


def test_an_objection_to_the_notary_says_how_it_is_signed_and_handed_in() -> None:
    text = said("INSCRIPTION_OBJECTION", DocumentStatus.READY_TO_SIGN)
    assert text.startswith("Вы возражаете нотариусу.")
    assert text.endswith("Подайте его нотариусу и сохраните копию с отметкой о приёме.")
    assert "кредитор" not in text
    kazakh = said("INSCRIPTION_OBJECTION", DocumentStatus.READY_TO_SIGN, "kk")
    assert kazakh.endswith(
        "Оны нотариусқа тапсырып, қабылданғаны туралы белгісі бар көшірмесін сақтап қойыңыз."
    )


@pytest.mark.parametrize(
    ("code", "ending"),
    [
        ("REGULATOR_COMPLAINT", "подпишите ЭЦП. Подайте его в Агентство и сохраните номер обращения."),
        ("OMBUDSMAN_BANK", "Прочитайте документ и подпишите его."),
        ("INVOICE", "Документ подписывает Kenes Hub."),
        ("MEDIATION_TERMINATION", "Документ подписывает медиатор."),
        ("BANKR_EXTRAJUD", "Прочитайте и скачайте его: подпись не нужна."),
        ("COURT_ORDER_OBJECTION", "Подайте его в суд и сохраните копию с отметкой о приёме."),
    ],
)
def test_how_a_document_is_signed_depends_on_its_kind(code: str, ending: str) -> None:
    assert said(code, DocumentStatus.READY_TO_SIGN).endswith(ending)


def test_a_sealed_document_that_the_platform_does_not_send_says_where_it_goes() -> None:
    text = said("OMBUDSMAN_BANK", DocumentStatus.SEALED)
    assert (
        text == "Документ подписан и заверен. Подайте его омбудсману и сохраните копию с отметкой о приёме."
    )


def test_a_letter_about_other_terms_still_tells_of_the_term_of_the_answer() -> None:
    sent = said("RESTRUCT_BANK", DocumentStatus.SENT, dispatch_status=DispatchStatus.ACCEPTED)
    assert "15 календарных дней" in sent
    other = said("CONTRACT_COPY_REQUEST", DocumentStatus.SENT, dispatch_status=DispatchStatus.ACCEPTED)
    assert other == "Почтовый сервер кредитора принял документ."


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
@pytest.mark.parametrize("code", catalogue.kinds())
def test_every_kind_has_words_for_every_status(code: str, language: str) -> None:
    told = [said(code, status, language) for status in DocumentStatus.values]
    assert all(told) and not any("None" in text for text in told)


def test_a_data_sheet_needs_no_signature_and_an_objection_takes_no_code() -> None:
    assert kinds.signature("BANKR_EXTRAJUD") == ()
    assert kinds.signature("INSCRIPTION_OBJECTION") == ("E", "P") and not kinds.signed_by_code(
        "INSCRIPTION_OBJECTION"
    )
    assert kinds.signed_by_code("OMBUDSMAN_BANK") and kinds.signed_by_code("A_KIND_OF_LONG_AGO")
