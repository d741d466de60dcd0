"""Login by outside OpenID Connect providers."""

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest


class OutsideLoginAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Accounts by outside login."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:
        return False
