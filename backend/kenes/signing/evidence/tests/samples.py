"""A signed and sealed document with everything that its evidence is made of."""

from __future__ import annotations

from kenes.accounts import consents
from kenes.accounts.models import ConsentKind, ConsentText, User
from kenes.accounts.selectors import actor_for
from kenes.documents.models import Document
from kenes.files import services as files
from kenes.foundation.actor import Actor
from kenes.outbox import services as outbox
from kenes.signing.evidence import orders
from kenes.signing.evidence.models import EvidencePackage
from kenes.signing.tests.factories import make_borrower, make_document, sign

TITLE, BODY = "Соглашение о подписании кодом из SMS", "1. Код из SMS — моя подпись.\n\n2. Телефон мой."


def publish_agreement() -> None:
    """The agreement as people accept it: with the hash of its own text."""
    ConsentText.objects.create(
        kind=ConsentKind.SMS_AGREEMENT, version=1, language="ru", title=TITLE, body=BODY,
        sha256=consents.digest(TITLE, BODY), needs_lawyer_review=True,
    )  # fmt: skip


def signed_document() -> tuple[User, Document]:
    """A letter signed by a code and sealed; its borrower."""
    publish_agreement()
    borrower = make_borrower()
    document = make_document(borrower)
    sign(borrower, document)
    run_documents()
    document.refresh_from_db()
    return borrower, document


def run_documents() -> None:
    """Let everything run that was ordered."""
    while outbox.run_batch("documents"):
        pass


def package_of(borrower: User, document: Document) -> bytes:
    """The ZIP, ordered and made."""
    orders.order(actor=actor_for(borrower), document_id=document.pk)
    run_documents()
    package = EvidencePackage.objects.get(document=document)
    assert package.status == "ready", package.failure
    assert package.file is not None
    return files.read(package.file)


def actor_of(user: User) -> Actor:
    return actor_for(user)
