"""What accounts bring under the newest keys besides encrypted fields: sessions, second factors, look-up hashes."""

from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db.models import Q

from kenes.accounts import name_words
from kenes.accounts.models import User
from kenes.foundation import crypto, rotation


def _phone_hash(user: User) -> str | None:
    return crypto.lookup_hash(user.phone) if user.phone else None


def _iin_hash(user: User) -> str | None:
    return crypto.lookup_hash(user.iin) if user.iin else None


def _words(user: User) -> list[str]:
    return name_words.hashed(user.full_name, user.full_name_kk)


rotation.register(rotation.text_store("Sessions", Session, "session_data"))
rotation.register(rotation.text_store("Second factors", Authenticator, "data"))
rotation.register(
    rotation.hash_store(
        User, "phone_hash", right=_phone_hash, fields=("phone",), only=Q(phone_hash__isnull=False)
    )
)
rotation.register(
    rotation.hash_store(User, "iin_hash", right=_iin_hash, fields=("iin",), only=Q(iin_hash__isnull=False))
)
rotation.register(rotation.hash_store(User, "name_words", right=_words, fields=("full_name", "full_name_kk")))
