"""Sign-in by ЭЦП for `accounts`: who signed this challenge, by the same steps as a signature under a document."""

from kenes.accounts.sign_in_by_key import KeyOwner
from kenes.signing.eds import authority, checking
from kzsign import Purpose


class CertificateOwner:
    """The adapter of settings.PROVIDERS["sign_in_eds"]. Takes keys for signing in and keys for signing documents."""

    def is_ready(self) -> bool:
        """Whether the certificates of an authority are installed."""
        return authority.is_ready()

    def owner_of(self, *, challenge: bytes, signature: bytes) -> KeyOwner:
        """The person of the certificate. Raises the refusals of `eds.errors`; 503 while the authority does not answer."""
        checked = checking.check(
            signature, content=challenge, require=lambda _signer: None, purpose=Purpose.LOGIN, stamp=False
        )
        signer = checked.signer
        return KeyOwner(iin=signer.iin, full_name=signer.full_name, bin=signer.bin)
