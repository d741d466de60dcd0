"""Texts of messages, catalogues and commands."""

import ast
import json
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from kenes.accounts import demo, mail_texts, selectors, sms_texts
from kenes.accounts.models import RoleGrant, User

from .authenticator import app_code

LANGUAGES = ["ru", "kk", "en"]
APP = Path(__file__).parents[1]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "text",
    [sms_texts.sign_in, sms_texts.agreement, sms_texts.proof, sms_texts.recovery, sms_texts.new_phone],
)
def test_a_message_with_a_code_fits_one_sms(language: str, text: Any) -> None:
    with translation.override(language):
        message = text("123456")
    assert "123456" in message
    assert sms_texts.units(message) <= sms_texts.SMS_UNITS
    if language != "en":
        assert re.search("[а-я]", message), "the catalogue is not compiled"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("purpose", ["recovery", "new_email", "reauthentication"])
def test_a_letter_with_a_code_says_what_for_in_text_and_html(language: str, purpose: str) -> None:
    with translation.override(language):
        mail = mail_texts.code(purpose, "123456")
    assert "123456" in mail.subject
    assert "123456" in mail.text
    assert f'lang="{language}"' in mail.html
    assert "<strong>123456</strong>" in mail.html
    if language != "en":
        assert re.search("[а-я]", mail.text), "the catalogue is not compiled"


def _texts_in(source: Path) -> list[str]:
    """Arguments of `_("…")` as the interpreter joins them, in the notation of the catalogue."""
    calls = (
        node for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)
    )
    texts = [
        call.args[0].value
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id == "_" and isinstance(call.args[0], ast.Constant)
    ]
    return [json.dumps(text, ensure_ascii=False)[1:-1] for text in texts]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_app_is_in_the_catalogue(language: str) -> None:
    catalogue = (APP / "locale" / language / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
    known = set(re.findall(r'^msgid "(.+)"$', catalogue, re.MULTILINE))
    used = {
        text
        for source in APP.glob("**/*.py")
        if not {"tests", "migrations"} & set(source.parts)
        for text in _texts_in(source)
    }
    assert used
    assert used <= known
    assert 'msgstr ""\n\n' not in catalogue


@pytest.mark.django_db
def test_demo_people_can_be_loaded_twice_and_sign_in(api: Any, settings: Any) -> None:
    settings.DEMO = True
    call_command("load_demo_users")
    call_command("load_demo_users")
    assert User.objects.count() == 6
    answer = api.call(
        "post", "/auth/password/", {"email": "manager1@kenes.sandbox", "password": demo.PASSWORD}
    )
    assert answer.json()["code"] == "auth.second_step_required"
    secret = demo.totp_secret("manager1@kenes.sandbox")
    assert len(secret) == 32
    answer = api.call("post", "/auth/second-step/", {"code": app_code(secret)})
    assert answer.json()["user"]["roles"] == ["manager"]
    shown = StringIO()
    call_command("demo_logins", stdout=shown)
    assert "supervisor@kenes.sandbox" in shown.getvalue()
    assert demo.PASSWORD in shown.getvalue()
    assert "/sandbox/authenticator/" in shown.getvalue()
    assert "http" not in shown.getvalue()


@pytest.mark.django_db
def test_demo_people_accept_the_texts_with_a_real_code(settings: Any) -> None:
    settings.DEMO = True
    call_command("load_reference_data")
    demo.load()
    person = User.objects.get(iin_hash__isnull=False)
    demo.accept_all_consents(person.pk, "ru")
    demo.accept_all_consents(person.pk, "ru")
    assert (
        selectors.missing_consents(person.pk, ["personal_data", "creditor_transfer", "sms_agreement"]) == []
    )


@pytest.mark.django_db
@pytest.mark.parametrize("command", ["load_demo_users", "demo_logins"])
def test_known_passwords_exist_only_in_a_demonstration(settings: Any, command: str) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError):
        call_command(command)
    assert User.objects.count() == 0


@pytest.mark.django_db
def test_createsuperuser_makes_an_administrator(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "a long enough one")
    call_command("createsuperuser", "--noinput", "--email", "Root@Example.com", stdout=StringIO())
    user = User.objects.get()
    assert user.email == "root@example.com"
    assert user.check_password("a long enough one")
    assert list(RoleGrant.objects.values_list("role", flat=True)) == ["admin"]
