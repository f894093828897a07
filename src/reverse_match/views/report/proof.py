"""The certificate in words and numbers, and how to check it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.views.report.blocks import Code, Column, Name, Text, sentences, table

if TYPE_CHECKING:
    from reverse_match.matching.results.matching import Matching
    from reverse_match.views.report.blocks import Block, Cell
    from reverse_match.views.words.phrases import Phrases


COMMAND = "reverse-match verify matching.json people.csv --policy policy.toml"
PROGRAM = """import reverse_match as rm

matching = rm.Matching.from_json(open("matching.json", "rb").read())
cohort = rm.read_cohort("people.csv")
policy = rm.Policy.load("policy.toml")
rm.verify(matching, cohort, policy)"""


def certificate_blocks(matching: Matching, say: Phrases) -> tuple[Block, ...]:
    """Return the proof in words and numbers."""
    proof = matching.certificate

    def row(name: str, this: str, possible: str = "") -> tuple[Cell, ...]:
        return (Text(say(name)), Text(this), Text(possible))

    rows = [
        row("proof duos", say.count(proof.duos), say.count(proof.duos_bound)),
        row("proof total", say.number(proof.total, 6), say.number(proof.bound, 6)),
    ]
    if proof.worst is not None and proof.worst_bound is not None:
        rows.append(row("proof worst", say.number(proof.worst, 6), say.number(proof.worst_bound, 6)))
    if proof.relaxed_bound is not None:
        rows.append(row("proof relaxed", "", say.number(proof.relaxed_bound, 6)))
    if proof.searched_pairs is not None:
        rows.append(row("proof searched", say.count(proof.searched_pairs)))
    if proof.duo_price:
        rows.append(row("proof price", say.number(proof.duo_price, 6)))
    rows.append(row("proof gap", say.share(proof.gap, 4) if proof.gap else "0"))
    rows.append(row("proof pairs", say.count(proof.pairs_checked)))
    columns = (
        Column(say("figure")),
        Column(say("this"), number=True),
        Column(say("possible"), number=True),
    )
    told = [say("certificate is" if proof.proved else "certificate short")]
    told.append(say("certificate search") if proof.proved and proof.searched_pairs is not None else "")
    return (*sentences(*told), *table(say("proof figures"), columns, rows))


def verify_blocks(matching: Matching, say: Phrases) -> tuple[Block, ...]:
    """Return the command, the same in Python, and digests."""
    digests = (
        ("digest matching", matching.sha256),
        ("digest file", matching.digests.file),
        ("digest cohort", matching.digests.cohort),
        ("digest policy", matching.digests.policy),
    )
    rows: list[tuple[Cell, ...]] = [(Text(say(name)), Name(value)) for name, value in digests if value]
    return (
        *sentences(say("verify how")),
        Code(COMMAND),
        *sentences(say("verify or")),
        Code(PROGRAM),
        *sentences(say("verify other")),
        *table(say("digests"), (Column(say("digest")), Column(say("value"))), rows),
    )
