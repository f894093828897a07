"""Single faults planted in the code, to see which of them no test notices.

``python benchmarks/mutation.py --sample 16 --seed 1`` draws places in the packages that have to be right,
changes one operator, number or word there in a copy, and runs the tests of that package until one fails. What
survives is printed with its place: either a test is missing, or the change makes no difference, and then it
is listed in ``EQUIVALENT`` with the reason. Seeded, so that a run can be repeated; bounded, so that it can
be among the longer checks.
"""

from __future__ import annotations

import argparse
import ast
import copy
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Change: TypeAlias = "Callable[[Any], bool]"

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "reverse_match"

WORLDS = "tests/test_fuzz_against_oracle.py"
TESTS = {
    "solver": [WORLDS, "tests/solver", "tests/test_quotas.py", "tests/test_answers_by_trying.py"],
    "scoring": ["tests/scoring", WORLDS, "tests/test_left_out.py", "tests/study/test_scenarios.py"],
    "constraints": [
        WORLDS,
        "tests/constraints",
        "tests/test_quotas.py",
        "tests/test_explaining_conflicts.py",
    ],
    "verification": [
        "tests/test_verification.py",
        "tests/test_verification_of_objectives.py",
        "tests/test_quotas.py",
        "tests/test_credits.py",
        "tests/test_left_out.py",
        "tests/test_verification_of_plans.py",
        "tests/test_amending.py",
        WORLDS,
    ],
}
"""The tests that have to notice a fault in each package, those first that notice most in the least time."""

ONLY_SPEED = ("solver/tuning.py", "solver/progress.py")
"""Numbers that nothing but time depends on."""

SECONDS = 300
"""Of processor time, however busy the machine is: a fault that makes tests hang is noticed, too."""

LIMITED = f"""
import os, resource, sys
resource.setrlimit(resource.RLIMIT_CPU, ({SECONDS}, {SECONDS}))
os.execv(sys.argv[1], sys.argv[1:])
"""
"""Runs a command that is ended after so much time."""

EQUIVALENT: dict[tuple[str, str], str] = {}
"""Changes that make no difference, by file and what changes, with the reason."""

OPERATORS: dict[type, type] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
NAMES = {"min": "max", "max": "min", "all": "any", "any": "all", "minimum": "maximum", "maximum": "minimum"}


@dataclass(frozen=True)
class Mutant:
    """A module with one fault.

    Attributes
    ----------
    path : str
        Of the module, below the package.
    line : int
        Where.
    what : str
        The line before and after, as Python writes it.
    text : str
        The whole module with the fault.
    """

    path: str
    line: int
    what: str
    text: str

    @property
    def reason(self) -> str | None:
        """Why it makes no difference, where that is known."""
        return EQUIVALENT.get((self.path, self.what))


def places(path: Path) -> list[tuple[int, int]]:
    """Return the places in a module that can be changed: the number of a node, and of a change of it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = []
    for number, node in enumerate(ast.walk(tree)):
        found += [(number, change) for change in range(len(list(changes(node))))]
    inside = set(_in_functions(tree))
    return [(number, change) for number, change in found if number in inside]


def _in_functions(tree: ast.AST) -> Iterator[int]:
    """Yield the numbers of nodes that run when a function is called: no annotation, no default."""
    running: set[int] = set()
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            for statement in function.body:
                running |= {id(node) for node in _running(statement)}
    for number, node in enumerate(ast.walk(tree)):
        if id(node) in running:
            yield number


def _running(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what of a statement is computed; what an error says is not."""
    if isinstance(node, ast.Raise | ast.Import | ast.ImportFrom | ast.JoinedStr):
        return
    yield node
    for name, child in ast.iter_fields(node):
        if name not in ("annotation", "returns", "decorator_list"):
            for each in child if isinstance(child, list) else [child]:
                if isinstance(each, ast.AST):
                    yield from _running(each)


def changes(node: ast.AST) -> Iterator[Change]:
    """Yield functions that make each change of a node."""
    if isinstance(node, ast.Compare):
        yield from (partial(_another_comparison, place) for place in range(len(node.ops)))
    for kinds, change in CHANGES:
        if isinstance(node, kinds) and change(copy.deepcopy(node)):
            yield change


def _another_comparison(place: int, node: Any) -> bool:
    operator = OPERATORS.get(type(node.ops[place]))
    if operator is not None:
        node.ops[place] = operator()
    return operator is not None


def _another_operator(node: Any) -> bool:
    operator = OPERATORS.get(type(node.op))
    if operator is not None:
        node.op = operator()
    return operator is not None


def _another_constant(node: Any) -> bool:
    known = type(node.value) in (int, bool)
    if known:
        node.value = not node.value if isinstance(node.value, bool) else node.value + 1
    return known


def _other_branch(node: Any) -> bool:
    node.test = ast.UnaryOp(ast.Not(), node.test)
    return True


def _another_name(field: str, node: Any) -> bool:
    name = NAMES.get(getattr(node, field))
    if name is not None:
        setattr(node, field, name)
    return name is not None


CHANGES: list[tuple[Any, Change]] = [
    ((ast.BoolOp, ast.BinOp, ast.AugAssign), _another_operator),
    (ast.Constant, _another_constant),
    ((ast.If, ast.IfExp, ast.While), _other_branch),
    (ast.Name, partial(_another_name, "id")),
    (ast.Attribute, partial(_another_name, "attr")),
]
"""What can be changed of which node; a change says whether it has changed anything."""


def mutant(path: Path, place: tuple[int, int]) -> Mutant:
    """Make a change."""
    number, change = place
    tree = ast.parse(path.read_text(encoding="utf-8"))
    node = list(ast.walk(tree))[number]
    before = copy.deepcopy(node)
    list(changes(node))[change](node)
    line = getattr(node, "lineno", 0)
    what = f"{_short(before)} -> {_short(node)}"
    return Mutant(
        path.relative_to(SOURCE).as_posix(), line, what, ast.unparse(ast.fix_missing_locations(tree))
    )


def _short(node: ast.AST) -> str:
    text = " ".join(ast.unparse(ast.fix_missing_locations(node)).split())
    return text if len(text) <= 90 else text[:87] + "..."


def drawn(sample: int, seed: int) -> list[Mutant]:
    """Draw mutants, as many from each package."""
    random, found = Random(seed), []
    for package in TESTS:
        modules = sorted((SOURCE / package).glob("*.py"))
        pool = [
            (module, place)
            for module in modules
            if module.relative_to(SOURCE).as_posix() not in ONLY_SPEED
            for place in places(module)
        ]
        found += [mutant(*one) for one in random.sample(pool, min(len(pool), -(-sample // len(TESTS))))]
    return found


def noticed_by(one: Mutant) -> str | None:
    """Return the test that notices a mutant, ``None`` if it survives."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(SOURCE, Path(folder) / "reverse_match")
        (Path(folder) / "reverse_match" / one.path).write_text(one.text, encoding="utf-8")
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-n", "0"]
        environment = {**os.environ, "PYTHONPATH": folder, "CI": "true"}
        environment.pop("HYPOTHESIS_PROFILE", None)
        done = subprocess.run(
            [sys.executable, "-c", LIMITED, *command, *TESTS[one.path.split("/")[0]]],
            cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
    if done.returncode == 0:
        return None
    if done.returncode < 0:
        return "time"
    failed = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    return failed[0].split(" - ")[0] if failed else "an error before any test"


def main() -> int:
    """Plant faults and tell what became of them; fail where too many survive."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=16)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--at-least", type=float, default=0.75, help="share that has to be noticed")
    asked = parser.parse_args()
    mutants = [one for one in drawn(asked.sample, asked.seed) if one.reason is None]
    noticed = 0
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        for one, by in zip(mutants, threads.map(noticed_by, mutants), strict=True):
            noticed += by is not None
            print(f"{'SURVIVES' if by is None else 'noticed'}  {one.path}:{one.line}  {one.what}  {by or ''}")
    print(f"{noticed} of {len(mutants)} faults noticed (seed {asked.seed})")
    return int(noticed < asked.at_least * len(mutants))


if __name__ == "__main__":
    sys.exit(main())
