"""B7: check of national signatures: verdicts on a fixed matrix, time per check, hash of a large document.

Peers: gostcrypto (an independent implementation in Python) for curve and hash, OpenSSL's GOST engine for the hash.
NCANode is not runnable here: it needs the closed Kalkan jars. Speeds are by processor time, which other work on the
machine hardly changes; where wall time stands, it stands beside.
"""

import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from gostcrypto import gosthash, gostsignature

from bench.measure import Row
from kzsign import curves, digests, native, verify
from kzsign.testing import Authority, sign_cms
from kzsign.tests.conftest import NOW
from kzsign.tests.matrix import Maker

STAMPED_MS, STAMPED_PURE_MS, HASH_MB = 50, 120, 100
DOCUMENT_MB = 50
PROJECT = Path(__file__).resolve().parents[1]


def rows() -> list[Row]:
    authority = Authority.make(now=NOW, seed=b"bench")
    found = [_matrix(authority), _without_network(authority), *_checks(authority), _curve()]
    return [*found, *_hashes(), _pure_hash(), _ncanode()]


def _matrix(authority: Authority) -> Row:
    maker = Maker(authority)
    calls = maker.calls()
    right, seconds = 0, []
    for call in calls:
        started = time.perf_counter()
        report = verify(
            call.signature,
            document=call.document,
            trust=maker.trust(call.anchors),
            at=NOW + timedelta(days=call.days),
            revocation=call.revocation,
        )
        seconds.append(time.perf_counter() - started)
        right += report.verdict.value == call.verdict
    measured = f"{right} of {len(calls)} right, median {statistics.median(seconds) * 1000:.1f} ms"
    return Row("matrix of verdicts", measured, "all", right == len(calls))


def _without_network(authority: Authority) -> Row:
    """The same calls in a process that cannot open a socket."""
    program = (
        "import socket, sys\n"
        "def refused(*a, **k): raise OSError('no network')\n"
        "socket.socket.connect = socket.getaddrinfo = refused\n"
        "from datetime import timedelta\n"
        "from kzsign import verify\n"
        "from kzsign.testing import Authority\n"
        "from kzsign.tests.conftest import NOW\n"
        "from kzsign.tests.matrix import Maker\n"
        "m = Maker(Authority.make(now=NOW, seed=b'bench')); calls = m.calls()\n"
        "print(sum(verify(c.signature, document=c.document, trust=m.trust(c.anchors), at=NOW + timedelta(days=c.days),"
        " revocation=c.revocation).verdict.value == c.verdict for c in calls), len(calls))\n"
    )
    right, of = _python(program).split()
    return Row("the same, network off", f"{right} of {of} right", "all", right == of)


def _python(program: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(PROJECT / "backend")}
    command = [sys.executable, "-c", program]
    return subprocess.run(command, env=environment, capture_output=True, check=True, text=True).stdout


_TIMED = """
import sys, time, statistics
sys.path.insert(0, {backend!r})
if {pure}: sys.modules['gmpy2'] = None
from datetime import datetime
from kzsign import Trust, certificates, curves, verify
assert curves.HAS_GMPY2 is not {pure}
cms, anchors = bytes.fromhex({cms!r}), [bytes.fromhex(a) for a in {anchors!r}]
trust, at = Trust.of(anchors[0], intermediates=anchors[1:]), datetime.fromisoformat({at!r})
wall, cpu = [], []
for _ in range(25):
    certificates._verified.cache_clear(); curves._key_table.cache_clear()
    w, c = time.perf_counter(), time.process_time()
    assert verify(cms, trust=trust, at=at).verdict.value == 'valid'
    wall.append(time.perf_counter() - w); cpu.append(time.process_time() - c)
import json
print(json.dumps([statistics.median(wall[2:]) * 1000, statistics.median(cpu[2:]) * 1000]))
"""


def _checks(authority: Authority) -> list[Row]:
    """A CAdES-T with everything cold: five signatures (signer, two certificates, token, its certificate)."""
    cms = sign_cms(b"contract", authority.individual(), timestamp=authority.tsa(), signing_time=NOW)
    anchors = [authority.root.certificate.hex(), authority.issuing.certificate.hex()]
    found = []
    for name, pure, budget in (("gmpy2", False, STAMPED_MS), ("plain integers", True, STAMPED_PURE_MS)):
        program = _TIMED.format(
            backend=str(PROJECT / "backend"), pure=pure, cms=cms.hex(), anchors=anchors, at=NOW.isoformat()
        )
        wall, cpu = json.loads(_python(program))
        measured = f"{wall:.1f} ms (cpu {cpu:.1f})"
        found.append(Row(f"CAdES-T, {name}", measured, f"{budget} ms", cpu <= budget))
    return found


def _curve() -> Row:
    curve = curves.GOST_512_A
    d, e = 2**500 + 12345, 2**511 - 777
    public, (r, s) = curves.public_key(curve, d), curves.sign(curve, d, e)
    parameters = gostsignature.CURVES_R_1323565_1_024_2019["id-tc26-gost-3410-12-512-paramSetA"]
    theirs = gostsignature.new(gostsignature.MODE_512, parameters)
    key, digest, signature = (
        bytearray(b"".join(number.to_bytes(64, "big") for number in numbers))
        for numbers in (public, (e,), (r, s))
    )
    assert curves.verify(curve, public, e, r, s)
    assert theirs.verify(key, digest, signature)
    ours = _cpu(lambda: curves.verify(curve, public, e, r, s), 50) * 1000
    other = _cpu(lambda: theirs.verify(key, digest, signature), 3) * 1000
    return Row(
        "one curve check", f"{ours:.1f} ms", "-", True, f"gostcrypto {other:.0f} ms", f"{other / ours:.0f}"
    )


def _cpu(work: Callable[[], object], times: int) -> float:
    """Processor seconds of one run, the mean of several after one to warm up."""
    work()
    started = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - started) / times


def _hashes() -> list[Row]:
    data = os.urandom(1 << 20) * DOCUMENT_MB
    with tempfile.TemporaryDirectory() as folder:
        document = Path(folder) / "document.bin"
        document.write_bytes(data)
        peer, expected = _engine(document)
        found = []
        for name, maker in (("libgcrypt", native.gcrypt_factory), ("libnettle", native.nettle_factory)):
            factory = maker("streebog512")
            if factory is None:
                found.append(
                    Row(f"Streebog of {DOCUMENT_MB} MB, {name}", "not here", f"{HASH_MB} MB/s", True)
                )
                continue
            speed, digest = _speed(factory, document)
            assert expected in (None, digest)
            measured = f"{speed:.0f} MB/s"
            found.append(
                Row(
                    f"Streebog of {DOCUMENT_MB} MB, {name}",
                    measured,
                    f"{HASH_MB} MB/s",
                    speed >= HASH_MB,
                    peer,
                )
            )
    return found


def _speed(factory: Callable[[], native.Hasher], document: Path) -> tuple[float, bytes]:
    """The best of three, streamed from the file."""
    best, digest = 0.0, b""
    for _ in range(3):
        hasher, started = factory(), time.process_time()
        with document.open("rb") as stream:
            while piece := stream.read(digests.CHUNK):
                hasher.update(piece)
        digest = hasher.digest()
        best = max(best, DOCUMENT_MB / (time.process_time() - started))
    return best, digest


def _engine(document: Path) -> tuple[str, bytes | None]:
    """OpenSSL with the GOST engine, when it is installed."""
    openssl = shutil.which("openssl")
    if openssl is None:
        return "openssl not here", None
    command = [openssl, "dgst", "-engine", "gost", "-md_gost12_512", "-binary", str(document)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode:
        return "engine gost not here", None
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return f"OpenSSL engine {DOCUMENT_MB / seconds:.0f} MB/s", done.stdout


def _pure_hash() -> Row:
    data = bytes(64 * 1024)

    def ours() -> bytes:
        hasher = digests.PURE["streebog512"]()
        hasher.update(data)
        return hasher.digest()

    assert ours() == bytes(gosthash.new("streebog512", data=bytearray(data)).digest())
    speed = len(data) / 1e6 / _cpu(ours, 5)
    peer = len(data) / 1e6 / _cpu(lambda: gosthash.new("streebog512", data=bytearray(data)).digest(), 1)
    return Row(
        "Streebog, plain Python",
        f"{speed:.2f} MB/s",
        "-",
        True,
        f"gostcrypto {peer:.2f} MB/s",
        f"{speed / peer:.1f}",
    )


def _ncanode() -> Row:
    return Row("NCANode", "-", "-", True, "not runnable: closed jars", "")
