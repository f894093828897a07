"""A whole large match on an executor of processes, checked at the end by the process that asked.

    python benchmarks/whole_on_an_executor.py --people 200000 --processes 2 --gigabytes 4

Times are of the processor, but for the first; the peak of memory is that of the process that asked.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import reverse_match as rm
from reverse_match.testing import invented_cohort


def main() -> None:
    """Print a line when the matching is there, and one when it is verified."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=200_000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--gigabytes", type=int, default=4, help="memory= of the match")
    options = parser.parse_args()
    cohort = invented_cohort(options.people)
    begin, here = time.monotonic(), time.process_time()
    with ProcessPoolExecutor(options.processes, mp_context=get_context("spawn")) as executor:
        matching = rm.match(cohort, executor=executor, memory=options.gigabytes * 2**30)
    found = {
        "people": options.people,
        "processes": options.processes,
        "duos": len(matching.duos),
        "gap": matching.certificate.gap,
        "pairs_checked": matching.certificate.pairs_checked,
        "wall_clock": round(time.monotonic() - begin, 1),
        "processor_here": round(time.process_time() - here, 1),
        "processor_workers": round(sum(os.times()[2:4]), 1),
        "peak_here_gib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, 2),
        "digest": matching.sha256[:12],
    }
    print(json.dumps(found), flush=True)
    here = time.process_time()
    rm.verify(matching, cohort)
    print(json.dumps({"verified": True, "processor_here": round(time.process_time() - here, 1)}))


if __name__ == "__main__":
    main()
