"""How the events of tokens, programs of partners and outside logins read in histories."""

from django.utils.translation import gettext_lazy as _

from kenes.accounts import connections, scopes
from kenes.accounts.event_labels import TITLES, Data, Names, details_of

TITLES.update(
    {
        "security.refresh_token_reused": _("A used token came again: everything made from it was ended"),
        "security.authorization_code_reused": _("A used code came again: everything made from it was ended"),
        "program.registered": _("Program of a partner registered"),
        "program.changed": _("Program of a partner changed"),
        "program.secret_rotated": _("Secret of a partner's program renewed"),
        "program.revoked": _("Program of a partner shut out"),
        "person.program_allowed": _("Program allowed to act for this person"),
        "person.program_forbidden": _("Program no longer allowed to act for this person"),
        "person.outside_login_connected": _("Outside login connected"),
        "person.outside_login_removed": _("Outside login removed"),
    }
)


@details_of("person.program_allowed", "program.registered")
def _scopes(data: Data, names: Names) -> list[str]:
    return [str(scope.label) for scope in scopes.known(data.get("scopes", ()))]


@details_of("person.outside_login_connected", "person.outside_login_removed")
def _provider(data: Data, names: Names) -> list[str]:
    known = {provider.id: provider.name for provider in connections.providers()}
    provider = str(data.get("provider", ""))
    return [known.get(provider, provider)]
