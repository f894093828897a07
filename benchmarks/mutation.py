"""Single faults planted in the code, to see which of them no test notices.

``python benchmarks/mutation.py --sample 16 --seed 1`` draws places in the packages that have to be right,
changes one operator, number or word there, and runs the tests of that package, those of the module first,
until one fails. What survives is printed with its place: either a test is missing, or the change makes no
difference, and then it is listed in ``EQUIVALENT`` with the reason. Seeded, so that a run can be repeated;
bounded, so that it can be among the longer checks.

Modules and tests are loaded once. For each fault the process forks, and there the functions of the module get
the code with the fault, also where other modules have imported them. So a fault that is noticed takes
seconds; what tests start as processes of their own is without it.
"""

from __future__ import annotations

import argparse
import ast
import copy
import gc
import hashlib
import importlib
import os
import resource
import signal
import sys
import tempfile
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import partial
from pathlib import Path
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Change: TypeAlias = "Callable[[Any], bool]"

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "reverse_match"

WORLDS = "tests/test_fuzz_against_oracle.py"
TESTS = {
    "solver": [
        WORLDS,
        "tests/solver",
        "tests/matching/test_quotas.py",
        "tests/matching/test_answers_by_trying.py",
    ],
    "scoring": ["tests/scoring", WORLDS, "tests/matching/test_unmatched.py", "tests/study/test_scenarios.py"],
    "constraints": [
        WORLDS,
        "tests/constraints",
        "tests/matching/test_quotas.py",
        "tests/matching/test_infeasible.py",
        "tests/scoring/test_scales.py",
    ],
    "verification": [
        "tests/verification/test_verify.py",
        "tests/verification/test_verification_of_objectives.py",
        "tests/matching/test_quotas.py",
        "tests/verification/test_verification_of_quotas.py",
        "tests/matching/test_credits.py",
        "tests/matching/test_unmatched.py",
        "tests/verification/test_verification_of_plans.py",
        "tests/verification/test_tampered_people.py",
        "tests/matching/test_over_people.py",
        "tests/matching/test_spread.py",
        "tests/programme/test_amend.py",
        WORLDS,
    ],
}
"""The tests that have to notice a fault in each package, those first that notice most in the least time."""

OF_QUOTAS = "tests/verification/test_verification_of_quotas.py"
BY_CASES = ["tests/matching/test_proof_by_cases.py", "tests/solver/test_quota_solve.py"]
PLANS = [
    "tests/programme/test_plan_rotations.py",
    "tests/programme/test_sharing_plans.py",
    "tests/programme/test_joint_rounds.py",
    "tests/verification/test_verification_of_plans.py",
]
SPREAD = ["tests/solver/test_spreading.py", "tests/matching/test_spread.py"]
OWN_SAY = ["tests/matching/test_own_say.py"]
NEAR = {
    "solver/side_constraints/proof_tree.py": BY_CASES,
    "solver/side_constraints/branching.py": BY_CASES,
    "solver/rounds/joint_integer_programme.py": PLANS,
    "solver/side_constraints/cardinality_tie_breaking.py": ["tests/matching/test_most_of_equal_totals.py"],
    "solver/rounds/balance.py": PLANS,
    "solver/side_constraints/branch_and_bound.py": BY_CASES,
    "solver/assignment/even_tie_breaking.py": PLANS,
    "verification/added.py": ["tests/matching/test_most_of_equal_totals.py"],
    "verification/all_pairs.py": [OF_QUOTAS, "tests/matching/test_most_of_equal_totals.py"],
    "verification/amendments.py": [
        "tests/programme/test_amend.py",
        "tests/programme/test_rotate.py",
        "tests/verification/test_tampered_records.py",
    ],
    "verification/cases.py": BY_CASES[:1],
    "verification/claim.py": ["tests/verification/test_claim.py"],
    "verification/demands.py": ["tests/matching/test_credits.py"],
    "solver/assignment/spreading.py": SPREAD,
    "solver/pairs/loads.py": SPREAD,
    "verification/loads.py": SPREAD[1:],
    "scoring/asked_of_others.py": OWN_SAY,
    "scoring/own_weights.py": OWN_SAY,
    "scoring/stated_preferences.py": OWN_SAY,
    "verification/own_weights.py": OWN_SAY,
    "verification/personal_rules.py": OWN_SAY,
    "verification/plan.py": PLANS[::-1],
    "verification/prices.py": ["tests/verification/test_prices.py", OF_QUOTAS, *BY_CASES],
    "verification/quotas.py": [OF_QUOTAS, *BY_CASES],
    "verification/rotation.py": [
        "tests/programme/test_rotate.py",
        "tests/verification/test_tampered_records.py",
    ],
    "verification/sides.py": ["tests/matching/test_unmatched.py"],
    "verification/stages.py": [OF_QUOTAS, *BY_CASES],
    "verification/unmatched.py": ["tests/matching/test_unmatched.py"],
}
"""The tests that run a module most, where they are not named for it: they come first."""

ONLY_SPEED = ("solver/tuning.py",)
"""Numbers that nothing but time depends on."""

SECONDS = 300
"""Of processor time, however busy the machine is: a fault that makes tests hang is noticed, too."""

ENDED = 70
"""How a process ends that could not run the tests."""

PYTEST = ["-p", "no:cacheprovider", "-n", "0"]

EQUIVALENT: dict[tuple[str, str, str], str] = {
    (
        "verification/objective.py",
        "return [round(UNITS * area(Decimal(place) / 1000) / full) for place in range(1001)]",
        "1001 -> 1002",
    ): "one place more than there are scores: nothing looks at it",
    (
        "solver/rounds/joint_integer_programme.py",
        "total = worth * (SCALE / max(1.0, float(np.abs(worth).max(initial=0))))",
        "0 -> 1",
    ): "what is less than 1 is raised to 1 in any case",
    (
        "solver/assignment/candidates.py",
        "_costs(np.maximum(column_best, column_costs.min(initial=0)), problem.column_capacity),",
        "column_costs.min -> column_costs.max",
    ): "a guess of prices, by which first candidates are chosen: pricing looks at every pair in any case",
    (
        "scoring/coverage.py",
        "return 2 * 8 * (self.forward.levels.width + self.backward.levels.width)",
        "2 -> 3",
    ): "how much memory a column is said to take: tiles become narrower, and no result depends on them",
    (
        "solver/side_constraints/feasibility.py",
        "start = Start(arcs, nobody, same_scores=False)",
        "False -> True",
    ): "nobody is chosen before, so nothing is repaired; other candidates come first, and all are priced",
    (
        "solver/side_constraints/cardinality_tie_breaking.py",
        "times = 1 + min(int(capacity.sum()) for capacity in capacities)",
        "1 -> 2",
    ): "the factor only has to be larger than the number of pairs, and may be larger still",
    (
        "verification/quotas.py",
        "return np.minimum(least, numbers + 1), np.maximum(most, -1)",
        "1 -> 2",
    ): "either way more duos than there are: the quota cannot hold",
    (
        "verification/rotation.py",
        "points = round(granted.carry_over * min(rounds, granted.carry_over_rounds), 6)",
        "6 -> 7",
    ): "a policy gives points in millionths, so that there is no seventh digit to round",
}
"""Changes that make no difference, by file, line and what changes, with the reason."""

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
    code : str
        The line as it is written.
    what : str
        What changes, before and after, as Python writes it.
    tree : ast.Module
        The whole module with the fault.
    """

    path: str
    line: int
    code: str
    what: str
    tree: ast.Module

    @property
    def module(self) -> str:
        """What it is imported as."""
        return ".".join(("reverse_match", *Path(self.path).with_suffix("").parts))

    @property
    def reason(self) -> str | None:
        """Why it makes no difference, where that is known."""
        return EQUIVALENT.get((self.path, self.code, self.what))


def places(path: Path) -> list[tuple[int, int]]:
    """Return the places in a module that can be changed: the number of a node, and of a change of it."""
    return [place for place, _ in _told_places(path)]


def _told_places(path: Path) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield places in a module with what tells each from others, wherever in the module it stands."""
    source = path.read_text(encoding="utf-8")
    tree, lines = ast.parse(source), source.splitlines()
    inside = set(_in_functions(tree))
    for number, node in enumerate(ast.walk(tree)):
        if number in inside:
            line = lines[getattr(node, "lineno", 1) - 1]
            code = line.strip()
            column = getattr(node, "col_offset", 0) - line.index(code)
            for change in range(len(list(changes(node)))):
                yield (number, change), f"{path.name} {code} {column} {type(node).__name__} {change}"


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
        strict = isinstance(node, ast.keyword) and node.arg == "strict"  # guards against faults elsewhere
        if not strict and name not in ("annotation", "returns", "decorator_list"):
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


def _dropped_not(node: Any) -> bool:
    negates = isinstance(node.op, ast.Not | ast.Invert)
    if negates:  # twice is the same as not at all, for what is true or false
        node.operand = ast.UnaryOp(node.op, node.operand)
    return negates


def _another_name(field: str, node: Any) -> bool:
    name = NAMES.get(getattr(node, field))
    if name is not None:
        setattr(node, field, name)
    return name is not None


CHANGES: list[tuple[Any, Change]] = [
    ((ast.BoolOp, ast.BinOp, ast.AugAssign), _another_operator),
    (ast.Constant, _another_constant),
    ((ast.If, ast.IfExp, ast.While), _other_branch),
    (ast.UnaryOp, _dropped_not),
    (ast.Name, partial(_another_name, "id")),
    (ast.Attribute, partial(_another_name, "attr")),
]
"""What can be changed of which node; a change says whether it has changed anything."""


def mutant(path: Path, place: tuple[int, int]) -> Mutant:
    """Make a change."""
    number, change = place
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    node = list(ast.walk(tree))[number]
    before = copy.deepcopy(node)
    list(changes(node))[change](node)
    line = getattr(node, "lineno", 1)
    what = f"{_short(before)} -> {_short(node)}"
    code = source.splitlines()[line - 1].strip()
    return Mutant(path.relative_to(SOURCE).as_posix(), line, code, what, ast.fix_missing_locations(tree))


def _short(node: ast.AST) -> str:
    text = " ".join(ast.unparse(ast.fix_missing_locations(node)).split())
    return text if len(text) <= 90 else text[:87] + "..."


def drawn(sample: int, seed: int, only: Sequence[str] = ("*",)) -> list[Mutant]:
    """Draw mutants, as many from each package, of modules whose path fits one of some patterns.

    Whether a place is drawn depends on its own line and the seed, so that a change elsewhere draws no others.
    """
    pools = [
        [
            (hashlib.sha256(f"{seed} {told}".encode()).digest(), module, place)
            for module in sorted((SOURCE / package).rglob("*.py"))
            if _asked(module.relative_to(SOURCE).as_posix(), only)
            for place, told in _told_places(module)
        ]
        for package in TESTS
    ]
    pools = [pool for pool in pools if pool]
    each = -(-sample // len(pools))
    return [mutant(module, place) for pool in pools for _, module, place in sorted(pool)[:each]]


def _asked(path: str, only: Sequence[str]) -> bool:
    return path not in ONLY_SPEED and any(fnmatch(path, pattern) for pattern in only)


def unknown_modules() -> list[str]:
    """Return the modules that the tables above name and that are gone, so that no table grows old unseen."""
    named = {*NEAR, *ONLY_SPEED, *(path for path, _, _ in EQUIVALENT)}
    return sorted(path for path in named if not (SOURCE / path).exists())


def tests_of(path: str) -> list[str]:
    """Return the tests to run: those that are named for a module or name it, then those of its package."""
    module = Path(path).with_suffix("")
    named = f"reverse_match.{'.'.join(module.parts)} import"
    near = [
        test.relative_to(ROOT).as_posix()
        for test in sorted((ROOT / "tests").rglob("test_*.py"))
        if test.stem == f"test_{module.name}" or named in test.read_text(encoding="utf-8")
    ]
    return list(dict.fromkeys([*near, *NEAR.get(path, []), *TESTS[module.parts[0]]]))


def prepared(mutants: Sequence[Mutant]) -> None:
    """Import the modules and all their tests, once: every process that is forked later has them."""
    for one in mutants:
        importlib.import_module(one.module)
    tests = {test: None for one in mutants for test in tests_of(one.path)}
    if pytest.main([*PYTEST, "--collect-only", "-qq", *tests]) != 0:
        sys.exit("the tests cannot be collected")


def plant(one: Mutant) -> None:
    """Make the functions of a module run the code with the fault, wherever they were imported to."""
    module = sys.modules[one.module]
    codes = {_place_of(code): code for code in _codes(compile(one.tree, str(module.__file__), "exec"))}
    for found in gc.get_objects():
        if isinstance(found, FunctionType) and found.__code__.co_filename == module.__file__:
            found.__code__ = codes[_place_of(found.__code__)]


def _codes(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _codes(constant)


def _place_of(code: CodeType) -> tuple[str, int]:
    return code.co_qualname, code.co_firstlineno


class _FirstFailure:
    """Remembers which test failed first."""

    name = ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and not self.name:
            self.name = report.nodeid


def forked(one: Mutant, told: Path) -> int:
    """Start a process that runs the tests with a fault planted, and writes to a file what noticed it."""
    sys.stdout.flush()
    child = os.fork()
    if child:
        return child
    status = ENDED
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        for stream in (1, 2):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
        plant(one)
        first = _FirstFailure()
        status = int(pytest.main([*PYTEST, "-x", "-q", *tests_of(one.path)], plugins=[first]))
        told.write_text(first.name, encoding="utf-8")
    finally:
        os._exit(status)


def noticed_by(status: int, told: Path) -> str | None:
    """Return the test that notices a mutant, by how the process ended; ``None`` if it survives."""
    if os.WIFSIGNALED(status):
        return "time" if os.WTERMSIG(status) == signal.SIGXCPU else "the end of the process"
    if os.WEXITSTATUS(status) == 0:
        return None
    if os.WEXITSTATUS(status) != pytest.ExitCode.TESTS_FAILED:
        sys.exit(f"pytest ended with {os.WEXITSTATUS(status)}: the tests did not run")
    return told.read_text(encoding="utf-8")


def outcomes(mutants: Sequence[Mutant]) -> Iterator[tuple[Mutant, str | None]]:
    """Yield mutants with the test that notices each, as they come; there is one at a time on a processor."""
    prepared(mutants)
    waiting, running = list(mutants[::-1]), dict[int, tuple[Mutant, Path]]()
    with tempfile.TemporaryDirectory() as folder:
        while waiting or running:
            while waiting and len(running) < (os.cpu_count() or 1):
                one, told = waiting.pop(), Path(folder) / str(len(waiting))
                running[forked(one, told)] = one, told
            child, status = os.wait()
            one, told = running.pop(child)
            yield one, noticed_by(status, told)


def main() -> int:
    """Plant faults and tell what became of them; fail where too many survive."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=16)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--at-least", type=float, default=0.6, help="share that has to be noticed")
    parser.add_argument("--only", nargs="+", default=["*"], help="modules, such as 'solver/*/pric*.py'")
    asked = parser.parse_args()
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))  # as python -m pytest does
    os.environ["CI"] = "true"
    os.environ.pop("HYPOTHESIS_PROFILE", None)
    for path in unknown_modules():
        sys.stderr.write(f"the tables name {path}, which is not there\n")
    mutants = [one for one in drawn(asked.sample, asked.seed, asked.only) if one.reason is None]
    noticed = 0
    for one, by in outcomes(mutants):
        noticed += by is not None
        print(
            f"{'SURVIVES' if by is None else 'noticed'}  {one.path}:{one.line}  {one.what}  {by or ''}",
            flush=True,
        )
    print(f"{noticed} of {len(mutants)} faults noticed (seed {asked.seed})")
    return int(noticed < asked.at_least * len(mutants))


if __name__ == "__main__":
    sys.exit(main())
