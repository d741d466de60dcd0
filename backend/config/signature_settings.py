"""Settings of signing by ЭЦП: trust anchors, the certification authority's services, NCALayer and eGov mobile.

In demonstrations whatever is not given points to the vendor sandbox, which plays all of them with an authority of its own.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlparse

from config.env import Env
from kzsign.online.lists import OFFICIAL_LISTS

SIGEX: Final = "egov_qr"


@dataclass(frozen=True, slots=True)
class SignatureSettings:
    """Values for `config.settings`; an empty address switches that part off.

    `ocsp_url` empty: the address in the certificate, when its host is one of `hosts`.
    """

    anchors_dir: Path
    test_anchors: bool
    ocsp_url: str
    tsp_url: str
    hosts: tuple[str, ...]
    lists_dir: Path
    list_urls: tuple[str, ...]
    sigex_url: str
    ncalayer_url: str

    def providers(self) -> dict[str, Any]:
        """Entries for PROVIDERS: sign-in by a key, and signing in eGov mobile where it is switched on."""
        qr = {
            SIGEX: {"CLASS": "kenes.signing.providers.sigex.Sigex", "OPTIONS": {"base_url": self.sigex_url}}
        }
        return {
            "sign_in_eds": {"CLASS": "kenes.signing.eds.key_owner.CertificateOwner", "OPTIONS": {}},
            **(qr if self.sigex_url else {}),
        }


def of(env: Env) -> SignatureSettings:
    """The settings that follow from the environment."""
    sandbox = env.sandbox_url.rstrip("/") if env.demo else ""
    esign = f"{sandbox}/sandbox/esign" if sandbox else ""
    hosts = {host.strip().lower() for host in env.esign_hosts.split(",") if host.strip()}
    if sandbox:
        hosts.add(urlparse(sandbox).hostname or "")
    return SignatureSettings(
        anchors_dir=env.kzsign_anchors_dir or env.run_dir / "esign" / "anchors",
        test_anchors=env.demo,
        ocsp_url=env.ocsp_url or (f"{esign}/ocsp/" if esign else ""),
        tsp_url=env.tsp_url or (f"{esign}/tsp/" if esign else ""),
        hosts=tuple(sorted(hosts)),
        lists_dir=env.run_dir / "esign-lists",
        list_urls=_lists(env.crl_urls, esign),
        sigex_url=env.sigex_url or (f"{sandbox}/sandbox/sigex" if sandbox else ""),
        ncalayer_url=env.ncalayer_url or _ncalayer(env, sandbox),
    )


def _lists(text: str, esign: str) -> tuple[str, ...]:
    if text.strip() != "official":
        return tuple(address.strip() for address in text.split(",") if address.strip())
    if not esign:
        return OFFICIAL_LISTS
    kinds = ("nca_{}", "nca_d_{}", "root_{}")
    return tuple(f"{esign}/crl/{kind.format(family)}.crl" for family in ("gost", "rsa") for kind in kinds)


def _ncalayer(env: Env, sandbox: str) -> str:
    """NCALayer of the signer's own computer; in demonstrations the sandbox's, reached through our origin."""
    if not sandbox:
        return "wss://127.0.0.1:13579"
    origin = urlparse(env.public_url)
    return f"{'wss' if origin.scheme == 'https' else 'ws'}://{origin.netloc}/sandbox/ncalayer/"
