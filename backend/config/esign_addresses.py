"""Which addresses of signing services a start refuses: unreadable ones, and outside demonstrations those that are not real."""

from collections.abc import Iterator, Mapping
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlparse

_SCHEMES: Final = {
    # Answers of OCSP and time stamp services are signed, and the national ones speak plain http.
    "ocsp_url": ("http", "https"),
    "tsp_url": ("http", "https"),
    "sigex_url": ("http", "https"),
    "ncalayer_url": ("ws", "wss"),
}
NAMES: Final = tuple(_SCHEMES)
# Its authority signs for everybody who asks.
_TEST_HOSTS: Final = ("test.pki.gov.kz",)


def problems(addresses: Mapping[str, str], *, demo: bool) -> Iterator[tuple[str, str]]:
    """Names of settings and what is wrong with them."""
    for name, address in addresses.items():
        if not address:
            continue
        url = urlparse(address)
        if url.scheme not in _SCHEMES[name] or not url.hostname:
            yield (
                name,
                f"must be an address that begins with {_SCHEMES[name][0]}:// or {_SCHEMES[name][1]}://",
            )
        elif not demo and (problem := _not_real(name, url.scheme, url.hostname, url.path)):
            yield name, problem


def _not_real(name: str, scheme: str, host: str, path: str) -> str:
    if name == "ncalayer_url":
        # NCALayer runs on the signer's computer and nowhere else.
        return "" if scheme == "wss" and _is_local(host) else "must be wss://127.0.0.1:13579 outside DEMO"
    if _is_local(host) or host in _TEST_HOSTS or path.startswith("/sandbox/"):
        return "points to a sandbox or a test service: allowed only with DEMO=true"
    if name == "sigex_url" and scheme != "https":
        return "must be https outside DEMO: documents of people go there"
    return ""


def _is_local(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
