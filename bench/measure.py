"""How the benchmarks measure: warm-up, alternating rounds (A B B A A B), medians and spread."""

import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Sample:
    """Seconds of each run of one side; where known also seconds of the processor, which other work hardly stretches."""

    seconds: list[float]
    cpu: list[float] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        return len(self.seconds) / sum(self.seconds)

    def percentile_ms(self, percent: int) -> float:
        """The percentile in milliseconds."""
        if len(self.seconds) == 1:
            return self.seconds[0] * 1000
        return statistics.quantiles(self.seconds, n=100, method="inclusive")[percent - 1] * 1000

    @property
    def cpu_ms(self) -> float:
        """Milliseconds of the processor that one run takes, the mean."""
        return statistics.fmean(self.cpu) * 1000

    def __add__(self, other: "Sample") -> "Sample":
        return Sample(self.seconds + other.seconds, self.cpu + other.cpu)


@dataclass(slots=True)
class Row:
    """One line of the printed table."""

    name: str
    measured: str
    budget: str
    within: bool
    peer: str = ""
    ratio: str = ""
    notes: list[str] = field(default_factory=list)


def run(work: Callable[[], object], times: int) -> Sample:
    """Time `work` that many times."""
    seconds, cpu = [], []
    for _ in range(times):
        started, began = time.perf_counter(), time.process_time()
        work()
        seconds.append(time.perf_counter() - started)
        cpu.append(time.process_time() - began)
    return Sample(seconds, cpu)


def alternate(
    ours: Callable[[], object], peer: Callable[[], object], *, ours_times: int, peer_times: int
) -> tuple[Sample, Sample]:
    """Three alternating rounds of both sides after a warm-up of each."""
    ours()
    peer()
    mine, theirs = Sample([]), Sample([])
    for first in (True, False, True):
        for side in (first, not first):
            if side:
                mine += run(ours, ours_times)
            else:
                theirs += run(peer, peer_times)
    return mine, theirs


def load() -> str:
    """Load average and number of cores, for the head of the table."""
    return f"load {os.getloadavg()[0]:.2f} on {os.cpu_count()} cores"
