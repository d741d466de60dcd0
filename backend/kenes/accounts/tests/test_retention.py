"""Rules of how long data are kept: loaded, changed, run; and what each run of accounts takes."""

import tomllib
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session

from kenes.accounts import retention, services
from kenes.accounts.models import DataRead, OneTimeCode, RetentionRule, Role, User
from kenes.accounts.testing import prove
from kenes.event_log.models import EventRow
from kenes.foundation import clock, crypto
from kenes.foundation import retention as registry
from kenes.foundation.models import IdempotencyRecord
from kenes.foundation.values import PhoneNumber
from kenes.messaging import services as messaging
from kenes.messaging.models import Message

from .conftest import PASSWORD, PHONE, SYSTEM, make_borrower

pytestmark = pytest.mark.django_db


@pytest.fixture
def rules(db: None) -> None:
    services.load_reference_data()


def staff(role: str) -> User:
    return services.create_staff_account(
        actor=SYSTEM, email=f"{role}@example.com", full_name="Ахметова Динара", language="ru", password=PASSWORD,
        roles=[role],
    )  # fmt: skip


def rule(key: str) -> RetentionRule:
    return RetentionRule.objects.get(pk=key)


def test_every_rule_has_words_in_three_languages_and_something_to_run(rules: None) -> None:
    data = tomllib.loads(retention.DATA.read_text(encoding="utf-8"))
    for key, entry in data["rules"].items():
        assert registry.runs_of(key), f"{key}: nothing runs"
        assert len({entry[f"title_{code}"] for code in ("ru", "kk", "en")}) == 3, key
        assert len({entry[f"ground_{code}"] for code in ("ru", "kk", "en")}) == 3, key
        assert entry["days"] >= entry.get("least_days", 0), key
    assert registry.keys() <= set(data["rules"]), "a run without a rule never happens"
    assert RetentionRule.objects.count() == len(data["rules"])


def test_loading_again_keeps_the_days_of_the_administrator(rules: None) -> None:
    RetentionRule.objects.filter(pk="case_drafts").update(days=45, enabled=False, title_ru="старое")
    assert retention.load_rules() == 0
    kept = rule("case_drafts")
    assert (kept.days, kept.enabled) == (45, False)
    assert kept.title_ru == "Черновики, которые никто не трогал"


def test_an_administrator_changes_days_and_others_do_not(rules: None, api_for: Any) -> None:
    admin = api_for(staff(Role.ADMIN))
    listed = admin.call("get", "/retention-rules/", accept_language="kk").json()["items"]
    assert listed[0]["key"] == "unconfirmed_accounts"
    closed = next(item for item in listed if item["key"] == "closed_cases")
    assert (closed["title"], closed["action"], closed["needs_lawyer_review"]) == (
        "Жабылған істер",
        "mask",
        True,
    )
    assert (
        admin.call("patch", "/retention-rules/case_drafts/", {"days": 60}).json()["code"]
        == "auth.proof_required"
    )
    prove(admin)
    changed = admin.call("patch", "/retention-rules/case_drafts/", {"days": 60, "enabled": False}).json()
    assert (changed["days"], changed["enabled"]) == (60, False)
    event = EventRow.objects.get(type="retention.rule_changed")
    assert (event.data["days_before"], event.data["days"]) == (30, 60)
    less = admin.call("patch", "/retention-rules/signed_documents/", {"days": 30})
    assert less.json()["errors"][0]["pointer"] == "/days"
    assert admin.call("patch", "/retention-rules/no_such/", {"days": 30}).status_code == 404
    for days in (-1, True, 10**9, "x", 1.5):
        assert admin.call("patch", "/retention-rules/case_drafts/", {"days": days}).status_code == 400
    boss = api_for(staff(Role.SUPERVISOR))
    assert boss.call("get", "/retention-rules/").status_code == 403


def test_each_rule_reports_when_it_ran_and_how_many_it_took(rules: None, settings: Any) -> None:
    old = clock.now() - timedelta(days=3)
    services.ensure_account(phone=PhoneNumber.parse(PHONE), language="ru")
    User.objects.update(code_requested_at=old)
    IdempotencyRecord.objects.create(owner="a", key="k" * 8, body_hash="", created_at=old)
    Session.objects.create(
        session_key="s" * 32, session_data="x", expire_date=clock.now() - timedelta(seconds=5)
    )
    taken = retention.run_all()
    assert (taken["unconfirmed_accounts"], taken["request_answers"], taken["sessions"]) == (1, 1, 1)
    assert (rule("sessions").last_count, rule("sessions").last_run_at is not None) == (1, True)
    assert retention.run_all()["unconfirmed_accounts"] == 0
    acts = EventRow.objects.filter(type="retention.ran")
    assert sorted(row.data["key"] for row in acts) == ["request_answers", "sessions", "unconfirmed_accounts"]


def test_a_rule_that_is_off_does_nothing_and_a_broken_one_stops_no_other(
    rules: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    RetentionRule.objects.filter(pk="request_answers").update(enabled=False)
    IdempotencyRecord.objects.create(
        owner="a", key="k" * 8, body_hash="", created_at=clock.now() - timedelta(days=30)
    )

    def broken(before: object) -> int:
        raise RuntimeError("no database")

    monkeypatch.setitem(registry._runs, "unconfirmed_accounts", [broken])
    taken = retention.run_all()
    assert "request_answers" not in taken and "unconfirmed_accounts" not in taken and "sessions" in taken
    assert IdempotencyRecord.objects.count() == 1
    assert rule("unconfirmed_accounts").last_run_at is None


def test_codes_that_prove_a_signature_are_kept(rules: None) -> None:
    person = make_borrower(PHONE)
    long_ago = clock.now() - timedelta(days=400)

    def code(purpose: str, closed_as: str) -> OneTimeCode:
        return OneTimeCode.objects.create(
            person=person, purpose=purpose, bound_hash=f"{purpose}{closed_as}"[:64], code_hash="x", phone=PHONE,
            tries_limit=3, created_at=long_ago, expires_at=long_ago, resend_at=long_ago, closed_at=long_ago,
            closed_as=closed_as,
        )  # fmt: skip

    kept = [code("signature", "confirmed"), code("sms_agreement", "confirmed")]
    code("signature", "expired")
    code("reauthentication", "confirmed")
    assert retention.run_rule(rule("one_time_codes")) == 2
    assert set(OneTimeCode.objects.all()) == set(kept)


def test_texts_of_old_messages_are_emptied_and_their_fate_is_kept(rules: None) -> None:
    messaging.send_sms(key="a", phone=PHONE, text="личное", kind="test")
    Message.objects.update(created_at=clock.now() - timedelta(days=366), status="delivered")
    messaging.send_sms(key="b", phone=PHONE, text="новое", kind="test")
    assert retention.run_rule(rule("messages")) == 1
    row = Message.objects.get(key="a")
    assert (row.address, row.address_hash, row.body, row.status) == ("", "", None, "delivered")
    assert Message.objects.get(key="b").address_hash == crypto.lookup_hash(PHONE)


def test_reads_are_kept_three_years(rules: None) -> None:
    person, reader = make_borrower(PHONE), staff(Role.SUPERVISOR)
    for days in (1094, 1096):
        DataRead.objects.create(
            kind="reveal", person=person, reader=reader, at=clock.now() - timedelta(days=days)
        )
    assert retention.run_rule(rule("data_reads")) == 1
    assert DataRead.objects.count() == 1
