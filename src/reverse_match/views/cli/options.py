"""Options that several commands share, each with one name, meaning and help text; and parsers of values."""

from __future__ import annotations

from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

import reverse_match as rm  # loads the module of a name when a command uses the name
from reverse_match import views
from reverse_match.foundation.arguments import MOST_MEMORY, MOST_THREADS
from reverse_match.foundation.bounded_file import RECORD_BYTES, file_bytes
from reverse_match.foundation.errors import Fault, InputError, MatchingFileError
from reverse_match.people.person_meant import person_meant
from reverse_match.scoring.own_data import bind
from reverse_match.solver.pairs.memory import DEFAULT_MEMORY
from reverse_match.views.cli.people_options import PeopleFiles as PeopleFiles  # noqa: TC001 - typer evaluates it
from reverse_match.views.cli.terminal import tell_note
from reverse_match.views.words.languages import language_of_locale

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date


class Format(StrEnum):
    """Formats in which a result is shown."""

    table = "table"
    json = "json"
    csv = "csv"
    html = "html"


class Lang(StrEnum):
    """Languages of sentences."""

    en = "en"
    fr = "fr"


def option(name: str, text: str, **more: Any) -> Any:
    """Return an option of typer; its help text states the default in words, and typer does not add it."""
    return typer.Option(name, help=text, show_default=False, **more)


def argument(text: str) -> Any:
    """Return a required positional argument of typer."""
    return typer.Argument(help=text, show_default=False)


StoredMatching = Annotated[Path, argument("Matching, as written by match --out.")]
PolicyFile = Annotated[
    Path | None,
    option(
        "--policy",
        "Policy file (.json or .toml), or a preset: mission, evidence or no-personal-traits.",
        metavar="FILE|NAME",
    ),
]
DecisionFile = Annotated[
    Path | None,
    option("--decisions", "What was decided on duos: the table of review --out, filled in; .csv or .xlsx."),
]
Reciprocal = Annotated[bool, typer.Option("--reciprocal", help="Everybody swaps roles: who taught learns.")]
DataFiles = Annotated[
    list[str] | None,
    option("--table", "Scores or vectors of a criterion, as NAME=FILE; may be repeated."),
]
PastFiles = Annotated[
    list[Path] | None,
    option(
        "--past",
        "Former duos of other years, who do not meet again: pairs (mentor, mentee, on), a history or a "
        "matching; may be repeated.",
    ),
]
Map = Annotated[
    list[str] | None, option("--map", "Say what a heading means, as HEADING=field; may be repeated.")
]
Questions = Annotated[
    list[str] | None,
    option(
        "--question",
        "A question of your own in feedback: HEADING, HEADING=1..10 or HEADING=word;word; may be repeated.",
    ),
]
HoldBackFrom = Annotated[
    str | None,
    option(
        "--hold-back",
        "Form a pair only from a score on, which falls with waiting: 0.6:0.3:60d is 0.6 at first and 0.3 "
        "after 60 days.",
        metavar="FIRST:LAST:DAYS",
    ),
]
AsOf = Annotated[str | None, option("--as-of", "Day on which birth dates become ages; today if not given.")]
Threads = Annotated[
    int | None, option("--threads", "Threads; all cores if not given.", min=1, max=MOST_THREADS)
]
TimeLimit = Annotated[
    float | None,
    option("--time-limit", "Seconds after which the best matching so far is given, with its gap.", min=0),
]
Memory = Annotated[
    int, typer.Option("--memory", min=1, max=MOST_MEMORY // 2**20, help="Memory budget in MiB.")
]
DEFAULT_MIB = DEFAULT_MEMORY // 2**20
Trades = Annotated[
    bool,
    typer.Option("--trade", help="Also count the pairs of people who would both rather have each other."),
]
NewMatching = Annotated[
    Path | None, option("--out", "Write the new matching here; .json, .csv, .html or .xlsx.")
]
Shown = Annotated[Format, typer.Option("--format", help="How the result is shown on standard output.")]
AllRows = Annotated[
    bool,
    typer.Option("--all", help="Show every row of a long table on the terminal, not the first and last 20."),
]
LOCALE = Lang(language_of_locale())
"""The language of the system. Where ``--lang`` is left out, a command gets that of its policy first."""

ELSE = "the policy's, or the system's, if not given"
"""What ``--lang`` is where it is left out."""

ShownLang = Annotated[
    Lang, typer.Option("--lang", help=f"Language of tables, sentences and the report; {ELSE}.")
]
Anonymous = Annotated[
    bool,
    typer.Option("--anonymous", help="Leave names and e-mail addresses out; people are shown by their ids."),
]
CsvFor = Annotated[
    Lang | None,
    option(
        "--csv-for",
        "With --out duos.csv: names, and separator and decimals for a spreadsheet set to English or French.",
    ),
]
SentenceLang = Annotated[Lang, typer.Option("--lang", help=f"Language of sentences; {ELSE}.")]
FaultLang = Annotated[
    Lang, typer.Option("--lang", help="Language of faults and notes; the system's if not given.")
]


def mapping_of(said: list[str] | None) -> dict[str, str]:
    """Return the fields of headings that ``--map`` gives."""
    mapping = {}
    for entry in said or []:
        heading, equals, field = entry.rpartition("=")
        if not (equals and heading.strip() and field.strip()):
            message = "right would be HEADING=field, for instance 'Employee ID=id'"
            raise typer.BadParameter(message, param_hint="--map")
        mapping[heading.strip()] = field.strip()
    return mapping


def questions_of(said: list[str] | None, programme: rm.Programme | None) -> list[rm.results.Question]:
    """Return the own questions of a programme, and those that ``--question`` declares."""
    declared = [] if programme is None else list(programme.questions)
    return [*declared, *map(rm.results.Question.parse, said or [])]


def tables_of(said: list[str] | None) -> dict[str, Path]:
    """Return the files of scores and vectors that ``--table`` gives, by name."""
    tables = {}
    for entry in said or []:
        name, equals, file = entry.partition("=")
        if not (equals and name.strip() and file.strip()):
            message = "right would be NAME=FILE, for instance interview=scores.csv"
            raise typer.BadParameter(message, param_hint="--table")
        tables[name.strip()] = Path(file.strip())
    return tables


def with_data(
    stored: rm.Matching, cohort: rm.Cohort, tables: Mapping[str, Path], beside: Sequence[Path]
) -> rm.Matching:
    """Return a stored matching with the data of its policy, which may stand in a file beside other files.

    Only a file with the digest that the policy states counts.
    """
    folders = [file.parent for file in beside]
    return stored.with_policy(bind(stored.policy, cohort, tables, folders=folders))


def day_of(said: str | None, name: str = "--as-of") -> date | None:
    """Return the date in the value of an option, or None."""
    from reverse_match.people import cells

    try:
        return cells.calendar_date(said)
    except cells.CellError as error:
        raise typer.BadParameter(str(error), param_hint=name) from None


def pair_of(mentor: str | None, mentee: str | None) -> tuple[str, str] | None:
    """Return the pair of ids of ``--mentor`` and ``--mentee``, which must be given together."""
    if mentor is None and mentee is None:
        return None
    if mentor is None or mentee is None:
        message = "--mentor and --mentee go together"
        raise typer.BadParameter(message)
    return mentor, mentee


class Looks(NamedTuple):
    """How a command shows what it gives."""

    lang: str = "en"
    anonymous: bool = False
    csv_for: str | None = None
    """For whose spreadsheet CSV is written; for programs, if nobody's."""
    all_rows: bool = False
    """Whether a terminal shows every row of a long table. Through a pipe all go."""

    def names_of(self, people: rm.Cohort) -> Mapping[str, str]:
        """Return what people are shown as, by id; nothing where names are left out."""
        return {} if self.anonymous else people.names


def looks_of(
    lang: Lang, *, anonymous: bool, csv_for: Lang | None, out: Path | None, all_rows: bool = False
) -> Looks:
    """Return how a command that writes a matching shows what it gives."""
    if csv_for is not None and (out is None or out.suffix.lower() != ".csv"):
        message = "belongs to --out with a .csv file"
        raise typer.BadParameter(message, param_hint="--csv-for")
    return Looks(lang, anonymous, csv_for, all_rows)


def pair_meant(people: rm.Cohort, pair: tuple[str, str]) -> tuple[str, str]:
    """Return the ids of the two of ``--mentor`` and ``--mentee``."""
    mentor, mentee = pair
    return person_meant(people, mentor, "--mentor"), person_meant(people, mentee, "--mentee")


def read_people(
    people: PeopleFiles,
    mapping: list[str] | None,
    day: date | None,
    lang: str = "en",
    policy: rm.Policy | None = None,
) -> rm.Cohort:
    """Read people, and say what is worth a look in them, and in a policy for them.

    Raises
    ------
    InputError
        If notes are faults, and there are some.
    """
    cohort = people.read(mapping_of(mapping), day)
    tell_notes_on(cohort, lang)
    if policy is not None:
        from reverse_match.matching.policy_notes import policy_notes  # loads numpy

        tell_notes(policy_notes(policy, cohort), lang, strict=people.strict)
    return cohort


def tell_notes_on(people: rm.Cohort, lang: str) -> None:
    """Say what is worth a look in people."""
    for note in views.terminal.notes_on_people(people):
        tell_note(note, lang)


def tell_notes(notes: Sequence[Fault], lang: str, *, strict: bool) -> None:
    """Say notes on standard error.

    Raises
    ------
    InputError
        With the notes, if they are faults.
    """
    if strict and notes:
        raise InputError(notes)
    for note in notes:
        tell_note(str(note), lang)


def is_preset(path: Path) -> bool:
    """Say whether ``--policy`` names a preset. No policy file has such a name, since it ends in a suffix."""
    if path.suffix:
        return False
    from reverse_match.policy.presets import PRESETS

    return str(path) in PRESETS


def read_policy(path: Path | None) -> rm.Policy | None:
    """Read a policy, or take a preset, if one is given.

    Raises
    ------
    PolicyError
        If the policy is faulty, or there is neither such a file nor such a preset.
    """
    if path is None:
        return None
    if is_preset(path):
        return rm.Policy.preset(str(path))
    if not path.suffix and not path.exists():
        from reverse_match.foundation.names import did_you_mean
        from reverse_match.policy.presets import PRESETS

        message = f"neither a preset nor a file of this name{did_you_mean(path.name, PRESETS)}"
        raise rm.errors.PolicyError([Fault(message, path.name, code="unknown-preset")])
    return rm.Policy.load(path)


def read_policy_on(path: Path | None, day: date | None) -> rm.Policy:
    """Read a policy, or return the default one; ``day``, if given, is the day on which ages are computed."""
    policy = read_policy(path) or rm.Policy()
    return policy if day is None else policy.model_copy(update={"as_of": day})


def policy_with_past(
    policy: rm.Policy, past: Sequence[Path] | None, cohort: rm.Cohort, lang: str
) -> rm.Policy:
    """Return a policy with the former duos of files, after saying what is worth a look in them."""
    if not past:
        return policy
    from reverse_match.policy.former_partners import with_past

    for path in past:
        read = rm.read_past(path, cohort)
        for note in read.notes:
            tell_note(str(note), lang)
        policy = with_past(policy, read)
    return policy


def read_stored(path: Path) -> rm.Matching | rm.RotationPlan | rm.CircleMatching:
    """Read a matching, a plan or circles; the error for another file says that it is no matching."""
    data = file_bytes(path, RECORD_BYTES)
    if b'"circles"' in data[:200]:  # its kind stands first
        return rm.CircleMatching.from_json(data, path.name)
    try:
        return rm.Matching.from_json(data, path.name)
    except MatchingFileError:
        for read in (rm.RotationPlan.from_json, rm.CircleMatching.from_json):
            with suppress(InputError):
                return read(data, path.name)
        raise


def read_matching(path: Path) -> rm.Matching:
    """Read a stored matching."""
    return rm.Matching.from_json(file_bytes(path, RECORD_BYTES), path.name)


def read_round(path: Path, number: int) -> rm.Matching:
    """Read a stored matching, or of a stored plan the round of this number.

    Raises
    ------
    MatchingFileError
        If the file is neither of the two, told as of a matching.
    InputError
        If it is a plan without this round.
    """
    data = file_bytes(path, RECORD_BYTES)
    try:
        return rm.Matching.from_json(data, path.name)
    except rm.errors.MatchingFileError:
        rounds = _rounds_of_plan(data)
        if not rounds:
            raise
    if not 1 <= number <= len(rounds):
        message = f"there is no round {number}; right would be from 1 to {len(rounds)}"
        raise InputError([Fault(message, path.name, column="--round")])
    return rounds[number - 1]


def _rounds_of_plan(data: bytes) -> Sequence[rm.Matching]:
    try:
        return rm.RotationPlan.from_json(data).rounds
    except InputError:
        return ()
