"""How long whole processes take to begin, beside those that load what such a program cannot do without.

Also counted, for CI: what each loads, which does not depend on the machine.
"""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from reverse_match.views.cli.bench_figures import shortest

if TYPE_CHECKING:
    from collections.abc import Iterator


class Program(NamedTuple):
    """A program, what it is compared with, and how often the other's time it may take."""

    what: str
    code: str
    other: str
    at_most: float


def command(word: str) -> str:
    """Return a program that is a command line of one word."""
    return (
        f"import sys; sys.argv = ['reverse-match', '{word}']; from reverse_match.__main__ import main; main()"
    )


PROGRAMS = (
    Program("reverse-match --help", command("--help"), "import pydantic, typer, rich.console", 1.5),
    Program(
        "reverse-match demo", command("demo"), "import numpy, scipy.sparse, pydantic, typer, rich.table", 2
    ),
    Program("reverse_match.match", "import reverse_match; reverse_match.match", "import numpy, pydantic", 2),
    Program("every public name", "from reverse_match import *", "import numpy", 3),
)


LARGE = {
    *("icalendar", "matplotlib", "narwhals", "numpy", "openpyxl", "ortools", "pandas", "polars"),
    *("pyarrow", "rapidfuzz", "rich.console", "rich.progress", "scipy.optimize", "scipy.sparse", "tqdm"),
}
"""Takes long to load. Pydantic is not here: releases of typer load it, or not."""


def run(code: str) -> str:
    """Run a program in a new process, and return what it wrote to standard error."""
    # Whoever develops may have told Python to write no bytecode; users have it.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    asked = [sys.executable, "-c", code]
    return subprocess.run(asked, check=True, capture_output=True, text=True, env=environment).stderr


def modules_loaded(code: str) -> set[str]:
    """Return the modules that a program has loaded at its end."""
    told = "import atexit, sys; atexit.register(lambda: print('\\n', *sys.modules, file=sys.stderr))\n"
    return set(run(told + code).splitlines()[-1].split())


def loads_of(code: str) -> dict[str, Any]:
    """Return how many modules of this library a program loads, and which of the large libraries."""
    loaded = modules_loaded(code)
    own = sum(name.partition(".")[0] == "reverse_match" for name in loaded)
    return {"modules": own, "libraries": sorted(loaded & LARGE)}


def loads() -> dict[str, dict[str, Any]]:
    """Return what each program loads."""
    return {program.what: loads_of(program.code) for program in PROGRAMS}


def ratios(repeats: int) -> Iterator[tuple[Program, float]]:
    """Compare the shortest of some runs of each program with that of what it is compared with."""
    for program in PROGRAMS:
        run(program.code)  # writes the bytecode
        times = [shortest(lambda code=code: run(code), repeats)[0] for code in (program.code, program.other)]
        yield program, times[0] / times[1]
