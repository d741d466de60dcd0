"""Address of the browser as our proxy saw it."""

from allauth.account.adapter import get_adapter
from django.http import HttpRequest


def of(request: HttpRequest) -> str:
    """For limits and for records; never an error, never taken from a header that the browser wrote."""
    return str(get_adapter().get_client_ip(request))
