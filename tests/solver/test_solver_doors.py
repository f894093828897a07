"""What import contracts (``.importlinter``) cannot say of the solver: parts of a library, and words."""

from __future__ import annotations

import ast
from pathlib import Path

import reverse_match

ROOT = Path(str(reverse_match.__file__)).parent


def test_only_one_module_calls_highs() -> None:
    names = ("milp(", "linprog(", "from scipy import optimize", "highspy")
    callers = [
        path.relative_to(ROOT).as_posix()
        for path in ROOT.rglob("*.py")
        if any(name in path.read_text("utf-8") for name in names)
    ]
    assert callers == ["solver/side_constraints/highs.py"]


def test_only_one_module_calls_the_assignment_of_a_table() -> None:
    name = "linear_sum_assignment("
    callers = [
        path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.py") if name in path.read_text("utf-8")
    ]
    assert callers == ["solver/assignment/dense.py"]


def test_the_solver_knows_no_people() -> None:
    words = ("cohort", "participant", "gender", "department", "mentor_id")
    for path in (ROOT / "solver").rglob("*.py"):
        identifiers = {
            node.id for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Name)
        }
        assert not [word for word in words if any(word in name for name in identifiers)], path
