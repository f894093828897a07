"""Papers for a programme, written from its policy: a notice for participants, a sheet for works councils."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.version import __version__
from reverse_match.views.plain_policy import STAND_INS, TRAITS, PlainPolicy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.policy import Policy


@check_arguments
def participants_notice(
    policy: Policy,
    lang: str = "en",
    *,
    contact: str | None = None,
    retention: str | None = None,
    organisation: str | None = None,
) -> str:
    """Write the notice that tells participants how a policy chooses their duos.

    It says in plain words which data count and how much, which rules hold, which data are not used, that
    people decide, and what each person can do. It names nobody of the programme. It is a draft to be read and
    completed by whoever answers for the programme, and no legal advice. What is not given stands in it as a
    gap in square brackets.

    Parameters
    ----------
    policy : Policy
        The policy.
    lang : str
        ``"en"`` or ``"fr"``.
    contact : str, optional
        Whom participants write to.
    retention : str, optional
        How long their data are kept.
    organisation : str, optional
        Who is responsible for the data.

    Returns
    -------
    str
        The notice in Markdown, which is readable as plain text. The same input gives the same text.

    Raises
    ------
    InputError
        If the language is not known.

    Examples
    --------
    >>> import reverse_match as rm
    >>> notice = rm.participants_notice(rm.Policy.preset("no-personal-traits"))
    >>> next(line for line in notice.splitlines() if "Not used" in line)
    '- Not used: age (also birth date or year), gender, department, location, grade, languages.'
    """
    plain, gaps = PlainPolicy(policy, lang), _Gaps(contact, retention, organisation)
    say = plain.text
    rules = [f"{_sentence(line)}" for line in plain.rule_lines()]
    together = [*map(_sentence, plain.together_lines())]
    parts = [
        f"# {say('title')}",
        say("purpose"),
        f"## {say('counts head')}",
        *_score(plain),
        plain.objective(),
        *_section(say("must head"), rules, nothing=say("must nothing")),
        *(_section(say("together head"), together) if together else ()),
        f"## {say('data head')}",
        _listed(plain.data_lines()),
        f"## {say('decides head')}",
        _with_limit(plain, [say("decides")]),
        *_section(say("rights head"), [say("may decline"), say("may ask"), say("may object")]),
        *_contacts(plain, gaps),
    ]
    return "\n\n".join(parts) + "\n"


@check_arguments
def works_council_sheet(
    policy: Policy,
    lang: str = "en",
    *,
    contact: str | None = None,
    retention: str | None = None,
    organisation: str | None = None,
) -> str:
    """Write the sheet that tells a works council what a policy does, before it is used.

    It has eight sections: purpose, data, how it decides, the human decision, effects on people, records and
    checks, rights, and changes. The digest of the policy in it lets the council check later that a matching
    followed these rules. It is a draft to be read and completed, and no legal advice.

    Parameters
    ----------
    policy : Policy
        The policy.
    lang : str
        ``"en"`` or ``"fr"``.
    contact : str, optional
        Whom participants write to.
    retention : str, optional
        How long their data are kept.
    organisation : str, optional
        Who is responsible for the data.

    Returns
    -------
    str
        The sheet in Markdown. The same input gives the same text.

    Raises
    ------
    InputError
        If the language is not known.

    Examples
    --------
    >>> import reverse_match as rm
    >>> policy = rm.Policy()
    >>> policy.sha256 in rm.works_council_sheet(policy)
    True
    """
    plain, gaps = PlainPolicy(policy, lang), _Gaps(contact, retention, organisation)
    say = plain.text
    together = [*map(_sentence, plain.together_lines())]
    parts = [
        f"# {say('sheet title')}",
        f"## {say('sheet purpose head')}",
        say("sheet purpose", version=__version__),
        f"## {say('sheet data head')}",
        _listed([*plain.data_lines(), *_traits(plain)]),
        f"## {say('sheet logic head')}",
        say("sheet logic"),
        *_score(plain),
        plain.objective(exactly=True),
        *_section(say("must head"), [*map(_sentence, plain.rule_lines())], "###", say("must nothing")),
        *(_section(say("together head"), together, "###") if together else ()),
        f"## {say('sheet decides head')}",
        say("sheet decides"),
        f"## {say('sheet effects head')}",
        _with_limit(plain, [say("effects")]),
        f"## {say('sheet checks head')}",
        say("checks"),
        f"## {say('sheet rights head')}",
        say("sheet rights"),
        *_contacts(plain, gaps),
        f"## {say('sheet changes head')}",
        say("changes", digest=policy.sha256),
    ]
    return "\n\n".join(parts) + "\n"


class _Gaps:
    """What only the organisation knows; None where it has not said so.

    A full stop at the end (``Example, Inc.``, ``12 months.``) is left out: each text ends a sentence, which
    has its own.
    """

    def __init__(self, contact: str | None, retention: str | None, organisation: str | None) -> None:
        self.contact, self.retention, self.organisation = (
            None if text is None else text.strip().removesuffix(".")
            for text in (contact, retention, organisation)
        )


def _contacts(plain: PlainPolicy, gaps: _Gaps) -> list[str]:
    say = plain.text
    kept = say(
        "kept",
        retention=gaps.retention or say("open retention"),
        organisation=gaps.organisation or say("open organisation"),
        basis=say("open basis"),
    )
    origin = say("origin", origin=say("open origin"), readers=say("open readers"))
    return [say("write to", contact=gaps.contact or say("open contact")), say("complain"), origin, kept]


def _score(plain: PlainPolicy) -> list[str]:
    """Return what the score of a pair is made up of."""
    lines = plain.criteria_lines()
    head = plain.text("counts one" if len(lines) == 1 else "counts")
    known = all(criterion.missing is not None for criterion in plain.policy.criteria)
    return [head, _listed(lines), *([] if known else [plain.text("counts missing")])]


def _with_limit(plain: PlainPolicy, lines: list[str]) -> str:
    """Return sentences, and that scores decide who takes part, where only so many duos are formed."""
    most = plain.most_duos
    if most is not None:
        lines.append(plain.text("effects best", number=plain.say.count(most)))
    return " ".join([*lines, plain.text("effects waiting")])


def _traits(plain: PlainPolicy) -> list[str]:
    """Return which personal traits a policy uses, and what may stand for them."""
    traits, others = ([name for name in names if name in plain.used.fields] for names in (TRAITS, STAND_INS))
    lines = [plain.text("traits", fields=plain.fields(traits)) if traits else plain.text("no traits")]
    return [*lines, *([plain.text("stand-ins", fields=plain.fields(others))] if others else [])]


def _section(head: str, lines: Sequence[str], level: str = "##", nothing: str = "") -> list[str]:
    return [f"{level} {head}", _listed(lines) if lines else nothing]


def _listed(lines: Sequence[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _sentence(clause: str) -> str:
    """Return a clause as a sentence of a list."""
    return f"{clause[:1].upper()}{clause[1:]}{'' if clause.endswith('.') else '.'}"
