"""Imports run one way: a module imports only what stands to its left (design, section 3)."""

from __future__ import annotations

import ast
from pathlib import Path

import reverse_match

ROOT = Path(str(reverse_match.__file__)).parent

LAYERS = [
    [
        "version",
        "arrays",
        "garbage",
        "spreadsheet",
        "demo",
        "visible_text",
        "canonical_form",
        "file_lock",
        "interruption",
        "plural",
    ],
    ["errors"],
    [
        "table_limits",
        "bounded_file",
        "json_values",
        "extras",
        "html",
        "unfinished_file",
        "overwriting",
        "arguments",
    ],
    ["names"],
    ["data_places"],
    ["data_faults"],
    ["plain_data"],
    ["calendar_months", "time_zones"],
    ["tiling", "pair_source", "quota_sums", "writing"],
    ["pair_credits"],
    ["resources"],
    ["cells", "frames"],
    ["own_columns"],
    ["participant", "policy"],
    ["round_of_plan"],
    ["policy_as_given", "rounds_as_given", "added"],
    ["upgrading"],
    ["stored_record", "headings", "id_notes"],
    ["typed_cells"],
    ["cohort"],
    ["workbook_parts"],
    ["workbook_tables"],
    ["workbook", "columnar_file"],
    ["read"],
    ["people_file", "policy_notes", "programme"],
    ["feedback"],
    ["scoring"],
    ["constraints"],
    ["worth"],
    ["solver"],
    ["sentences"],
    ["what_is_proved"],
    ["explanation"],
    ["amendment"],
    ["left_out", "conflict", "proposal"],
    ["rotation"],
    ["matching_facts", "proof_by_cases"],
    ["plots"],
    ["report"],
    ["matching"],
    ["asked_by_hand"],
    ["histories", "outcomes", "calendars"],
    ["conflicts"],
    ["preparing", "proposing", "ruling_out", "score_table", "trade_report"],
    ["search_assembling"],
    ["quota_assembling", "quotas_in_the_way"],
    ["reasons"],
    ["assembling"],
    ["answering", "warm_start"],
    ["plans"],
    ["forming", "verification"],
    ["charging", "rotated_policy"],
    ["amended_policy"],
    ["amending", "rotating", "study"],
    ["progress_words"],
    ["notebook_progress"],
    ["answer_view", "conflict_view", "display", "terminal", "progress_line", "testing", "benchmarking"],
    ["amendment_view", "rotation_view", "plan_view"],
    ["command_results"],
    ["cli"],
    ["__main__", "__init__"],
]
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}


def package_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imports(path: Path) -> list[str]:
    tree = ast.parse(path.read_text("utf-8"))
    modules = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "reverse_match":
            modules += [f"reverse_match.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            modules.append(node.module)
    names = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    return [name for name in modules + names if name.startswith("reverse_match")]


def test_every_module_has_a_place() -> None:
    assert {package_of(path) for path in ROOT.rglob("*.py")} == set(RANK)


def test_imports_run_one_way() -> None:
    wrong = []
    for path in ROOT.rglob("*.py"):
        here = package_of(path)
        for name in imports(path):
            parts = name.split(".")
            there = parts[1] if len(parts) > 1 and parts[1] in RANK else "__init__"
            if there != here and not (RANK[there] < RANK[here]):
                wrong.append(f"{path.relative_to(ROOT)} imports {name}")
    assert wrong == []


def test_only_one_module_calls_the_graph_solvers() -> None:
    callers = [path.name for path in ROOT.rglob("*.py") if "from ortools" in path.read_text("utf-8")]
    assert callers == ["network.py"]


def test_only_one_module_calls_highs() -> None:
    names = ("scipy.optimize", "from scipy import optimize", "highspy")
    callers = [
        path.relative_to(ROOT).as_posix()
        for path in ROOT.rglob("*.py")
        if any(name in path.read_text("utf-8") for name in names)
    ]
    # Peers that benchmarks compare with are called there, and nowhere else.
    assert sorted(callers) == ["benchmarking/peers.py", "solver/highs.py"]


def test_the_solver_knows_no_people() -> None:
    words = ("cohort", "participant", "gender", "department", "mentor_id")
    for path in (ROOT / "solver").rglob("*.py"):
        identifiers = {
            node.id for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Name)
        }
        assert not [word for word in words if any(word in name for name in identifiers)], path
