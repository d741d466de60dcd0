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
from functools import partial
from pathlib import Path

from gostcrypto import gosthash, gostsignature

from bench.measure import Row, alternate
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
        started = time.process_time()
        report = verify(
            call.signature,
            document=call.document,
            trust=maker.trust(call.anchors),
            at=NOW + timedelta(days=call.days),
            revocation=call.revocation,
        )
        seconds.append(time.process_time() - started)
        right += report.verdict.value == call.verdict
    measured = f"{right} of {len(calls)} right, median cpu {statistics.median(seconds) * 1000:.1f} ms"
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
    mine, peer = alternate(
        lambda: curves.verify(curve, public, e, r, s),
        lambda: theirs.verify(key, digest, signature),
        ours_times=50,
        peer_times=3,
    )
    ratio = f"× {peer.cpu_ms / mine.cpu_ms:.0f}"
    return Row(
        "one curve check",
        f"cpu {mine.cpu_ms:.1f} ms",
        "-",
        True,
        f"gostcrypto cpu {peer.cpu_ms:.0f} ms",
        ratio,
    )


Timed = Callable[[], tuple[float, bytes]]


def _hashes() -> list[Row]:
    """Streamed from the file, the best of three alternating rounds, by the processor; the engine's with its start."""
    with tempfile.TemporaryDirectory() as folder:
        document = Path(folder) / "document.bin"
        document.write_bytes(os.urandom(1 << 20) * DOCUMENT_MB)
        ways = _ways(document)
        best = dict.fromkeys(ways, float("inf"))
        answers = set()
        for backwards in (False, True, False):
            for name in reversed(ways) if backwards else ways:
                seconds, digest = ways[name]()
                best[name] = min(best[name], seconds)
                answers.add(digest)
    assert len(answers) == 1, "not all make the same hash"
    return [_hash_row(name, best) for name in ("libgcrypt", "libnettle")]


def _ways(document: Path) -> dict[str, Timed]:
    """What is installed here."""
    found: dict[str, Timed] = {}
    for name, maker in (("libgcrypt", native.gcrypt_factory), ("libnettle", native.nettle_factory)):
        factory = maker("streebog512")
        if factory is not None:
            found[name] = partial(_streamed, factory, document)
    openssl = shutil.which("openssl")
    if openssl is not None:
        command = [openssl, "dgst", "-engine", "gost", "-md_gost12_512", "-binary", str(document)]
        if subprocess.run(command, capture_output=True, check=False).returncode == 0:
            found["OpenSSL engine"] = partial(_started, command)
    return found


def _hash_row(name: str, best: dict[str, float]) -> Row:
    label, peer = f"Streebog of {DOCUMENT_MB} MB, {name}", best.get("OpenSSL engine")
    if name not in best:
        return Row(label, "not here", f"{HASH_MB} MB/s", True)
    speed = DOCUMENT_MB / best[name]
    other = f"OpenSSL engine {DOCUMENT_MB / peer:.0f} MB/s" if peer else "engine gost not here"
    ratio = f"× {peer / best[name]:.1f}" if peer else ""
    return Row(label, f"{speed:.0f} MB/s", f"{HASH_MB} MB/s", speed >= HASH_MB, other, ratio)


def _streamed(factory: Callable[[], native.Hasher], document: Path) -> tuple[float, bytes]:
    hasher, started = factory(), time.process_time()
    with document.open("rb") as stream:
        while piece := stream.read(digests.CHUNK):
            hasher.update(piece)
    return time.process_time() - started, hasher.digest()


def _started(command: list[str]) -> tuple[float, bytes]:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout


def _pure_hash() -> Row:
    data = os.urandom(64 * 1024)

    def ours() -> bytes:
        hasher = digests.PURE["streebog512"]()
        hasher.update(data)
        return hasher.digest()

    def theirs() -> bytes:
        return bytes(gosthash.new("streebog512", data=bytearray(data)).digest())

    assert ours() == theirs()
    mine, peer = alternate(ours, theirs, ours_times=3, peer_times=2)
    speed, other = (len(data) / 1000 / sample.cpu_ms for sample in (mine, peer))
    return Row(
        "Streebog, plain Python", f"{speed:.2f} MB/s", "-", True, f"gostcrypto {other:.2f} MB/s", f"× {speed / other:.1f}",
    )  # fmt: skip


def _ncanode() -> Row:
    return Row("NCANode", "-", "-", True, "not runnable: closed jars", "")
