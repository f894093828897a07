"""A plan over several rounds as a person reads it on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.text import Text

from reverse_match.display import table_of
from reverse_match.matching_facts import all_allowed_pairs, without_duo
from reverse_match.plural import counted
from reverse_match.visible_text import visible

if TYPE_CHECKING:
    from rich.console import RenderableType

    from reverse_match.plans.plan import RotationPlan


def plan_view(plan: RotationPlan, lang: str = "en") -> RenderableType:
    """Return a table of the rounds, who sits out, and what is proved, ready to print.

    Parameters
    ----------
    plan : RotationPlan
        What is shown.
    lang : str
        Language of the sentences on who sits out.
    """
    table = table_of(counted(len(plan.rounds), "round"))
    for heading in ("round", "duos", "total", "mean", "worst", "sit out"):
        table.add_column(heading, justify="right")
    for number, matching in enumerate(plan.rounds, 1):
        scores = [duo.score for duo in matching.duos]
        mean = f"{matching.total / len(scores):.3f}" if scores else "-"
        worst = f"{min(scores):.3f}" if scores else "-"
        sit_out = str(len(without_duo(matching)))
        table.add_row(str(number), str(len(scores)), f"{matching.total:.6f}", mean, worst, sit_out)
    parts: list[RenderableType] = [table, Text("")]
    parts += [Text(visible(line)) for one in plan.sitting_out for line in one.sentences(lang)]
    parts += [Text("")] * bool(plan.sitting_out)
    return Group(*parts, *(Text(visible(line)) for line in plan_lines(plan)))


def plan_lines(plan: RotationPlan) -> list[str]:
    """Return what was reached over all rounds, and how far it is proved, in sentences."""
    proof, spread = plan.certificate, plan.spread
    if spread.mean is None:
        return [f"No duo is possible in any round: {counted(proof.pairs_checked, 'allowed pair')}."]
    lines = [
        f"{counted(proof.duos, 'duo')} over all rounds, total {plan.total:.6f}, mean {spread.mean:.3f}; "
        f"nobody meets the same partner twice.",
        f"The worst round is round {spread.worst_round}: mean {spread.worst_mean:.3f}, "
        f"{100 * (spread.worst_share or 0):.2f} % of the mean of all.",
    ]
    if not proof.proved:
        return [*lines, f"Not proved optimal: at most {proof.gap:.2e} below the best possible plan."]
    checked = f"checked against {all_allowed_pairs(proof.pairs_checked)}"
    return [*lines, f"Proved optimal (gap 0): no plan of so many rounds is better; {checked}."]
