"""What no other matching of the same people has, in a clause: what a certificate of gap 0 proves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.policy.policy import Fair
from reverse_match.views.words.facts import ProofInWords
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from reverse_match.policy import Policy


def what_is_proved(policy: Policy, duos: int, duos_bound: int, worst: float | None, lang: str = "en") -> str:
    """Return what no other matching has.

    Parameters
    ----------
    policy : Policy
        Says what is maximised, and whether quotas have to be kept.
    duos : int
        How many there are.
    duos_bound : int
        How many there can be at most.
    worst : float or None
        Score of the worst duo, where the objective is about it and there is one that the policy left free.
    lang : str
        ``"en"`` or ``"fr"``.

    Raises
    ------
    InputError
        If the language is not known.

    Examples
    --------
    >>> from reverse_match.policy import Policy
    >>> what_is_proved(Policy(objective="total"), 3, 4, None)
    'no matching of these people has a higher total, and none more than 4 duos'
    """
    said = policy.objective
    kind, alpha = ("fair", said.alpha) if isinstance(said, Fair) else (said, 0.0)
    if kind == "max_min" and worst is None:
        kind = "coverage"
    proof = ProofInWords(kind, duos, duos_bound, alpha, bool(policy.quotas), bool(policy.credits))
    return language(lang).nothing_better(proof)
