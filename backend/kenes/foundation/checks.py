"""System checks: wrong provider settings stop the start."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from kenes.foundation import providers


@register()
def providers_load(**_: Any) -> list[CheckMessage]:
    """Every configured adapter can be made with its options."""
    problems: list[CheckMessage] = []
    for capability in settings.PROVIDERS:
        try:
            providers.load(capability)
        except (providers.Misconfigured, ImportError) as problem:
            problems.append(Error(f"Provider {capability!r}: {problem}", id="kenes.E001"))
    return problems
