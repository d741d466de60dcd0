"""Words of the events of accounts and of the apps below it that belong into the security log."""

from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kenes.accounts import profile_event_labels, retention  # noqa: F401  (adds its own words)
from kenes.accounts.event_labels import TITLES, Data, Names, details_of
from kenes.accounts.models import ConsentKind, PersonalDataRequest, RetentionRule
from kenes.accounts.reads import FIELD_LABELS

METHODS: Final = {
    "code": _("code from an SMS"),
    "password": _("password"),
    "passkey": _("passkey"),
    "webauthn": _("passkey"),
    "totp": _("authenticator app"),
    "recovery_code": _("recovery code"),
    "recovery_codes": _("recovery code"),
    "invitation": _("invitation"),
    "eds": _("ЭЦП"),
    "provider": _("outside account"),
}


@details_of("case.personal_data_revealed")
def _fields(data: Data, names: Names) -> list[str]:
    return [str(FIELD_LABELS.get(code, code)) for code in data.get("fields", ())]


@details_of("consent.accepted", "consent.withdrawn")
def _consent(data: Data, names: Names) -> list[str]:
    kind = str(data.get("kind", ""))
    return [str(ConsentKind(kind).label)] if kind in ConsentKind.values else []


@details_of("data_request.moved")
def _request(data: Data, names: Names) -> list[str]:
    kind, status = str(data.get("kind", "")), str(data.get("status", ""))
    words = []
    if kind in PersonalDataRequest.Kind.values:
        words.append(str(PersonalDataRequest.Kind(kind).label))
    if status in PersonalDataRequest.Status.values:
        words.append(str(PersonalDataRequest.Status(status).label))
    return words


@details_of("retention.rule_changed")
def _rule(data: Data, names: Names) -> list[str]:
    words = [retention.title(str(data.get("key", "")), get_language() or "ru")]
    if "days_before" in data:
        words.append(
            str(_("%(before)s → %(after)s days")) % {"before": data["days_before"], "after": data["days"]}
        )
        words.append(str(_("switched on") if data.get("enabled") else _("switched off")))
    return words


@details_of("retention.ran")
def _ran(data: Data, names: Names) -> list[str]:
    action = str(data.get("action", ""))
    label = str(RetentionRule.Action(action).label) if action in RetentionRule.Action.values else action
    return [
        retention.title(str(data.get("key", "")), get_language() or "ru"),
        f"{label}: {data.get('count', 0)}",
    ]


@details_of("person.signed_in", "person.sign_in_failed", "person.sign_in_locked", "person.second_step_failed")
def _method(data: Data, names: Names) -> list[str]:
    code = str(data.get("method", ""))
    return [str(METHODS.get(code, code))] if code else []


WORDS: Final = {
    "person.signed_in": _("Signed in"),
    "person.sign_in_locked": _("Sign-in locked after wrong attempts"),
    "person.second_step_failed": _("Wrong second step at sign-in"),
    "person.second_factor_added": _("Second step added"),
    "person.second_factor_removed": _("Second step removed"),
    "person.recovery_codes_made": _("New recovery codes made"),
    "person.password_changed": _("Password changed"),
    "person.phone_changed": _("Phone number changed"),
    "person.identity_proved": _("IIN confirmed by ЭЦП"),
    "person.email_confirmed": _("E-mail confirmed"),
    "person.email_removed": _("E-mail removed"),
    "person.sessions_ended": _("Sessions ended"),
    "security.refresh_token_reused": _("A used refresh token came again: all its tokens ended"),
    "security.authorization_code_reused": _("A used authorization code came again: all its tokens ended"),
    "program.registered": _("Program registered"),
    "program.changed": _("Program changed"),
    "program.secret_rotated": _("Secret of a program renewed"),
    "program.revoked": _("Program closed"),
    "person.program_allowed": _("Program allowed to see data"),
    "person.program_forbidden": _("Program no longer allowed"),
    "person.outside_login_connected": _("Outside account connected"),
    "person.outside_login_removed": _("Outside account disconnected"),
    "consent.withdrawn": _("Consent withdrawn"),
    "data_request.moved": _("Request about personal data"),
    "data_request.downloaded": _("Copy of the data downloaded"),
    "retention.rule_changed": _("Term of keeping changed"),
    "retention.ran": _("Data removed because their time was over"),
    "file.released": _("A file that could not be checked was released"),
    "case.personal_data_revealed": _("Masked data shown"),
}
for _type, _title in WORDS.items():
    TITLES.setdefault(_type, _title)
