"""Splits cells that hold several names, and finds what stands between these from the whole column.

Brackets and quotes protect what is in them: ``Art (visual arts, music)`` is one name. A line break, a
semicolon, a bar and a slash between blanks separate wherever they stand. A comma does so only if parts of a
cell return in other cells; where nothing returns, somebody has to say it.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from reverse_match.people.cells import (
    DEFAULT_LEVEL,
    DEFAULT_PRIORITY,
    LEVELS,
    PRIORITIES,
    distinct_parts,
)
from reverse_match.people.reading import words
from reverse_match.people.reading.choices import NAMING, RATED
from reverse_match.people.reading.cutting import (
    FULL_WIDTH,
    OUTSIDE_BRACKETS,
    in_one_line,
    is_cut_simply,
    split_cell,
    without_bullet,
    without_frame,
    without_links,
)
from reverse_match.people.reading.words import word_key

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Mapping, Sequence

    from reverse_match.people.reading.choices import Choices, FileColumn, Findings

_LINE = "\n"
_SURE = (_LINE, ";", " | ", "|", " / ", "•")
_WITHOUT_COMMAS = ("languages",)
"""Lists of which no name holds a comma."""
_QUOTED_PART = re.compile(r'"[^"]+"\s*,|,\s*"[^"]+"')
"""A name that is quoted because of its comma: then the commas outside separate, as Airtable writes them."""
_RATING = (
    re.compile(r"(?P<name>.*\S)\s*:\s*(?P<word>\S[^:]*)", re.DOTALL),
    re.compile(r"(?P<name>.*\S)\s*\[(?P<word>[^\[\]]*)\]", re.DOTALL),
    re.compile(r"(?P<name>.*\S)\s*\((?P<word>[^()]*(?:\([^()]*\))?)\)", re.DOTALL),
    re.compile(r"(?P<name>.*\S)\s+[-–—]\s+(?P<word>\S[^-–—]*)", re.DOTALL),
)
_WITH_NUMBERS = (1, 2)
"""Of these the ones in which a number is a rating: in brackets of both kinds."""

_SIMPLE = re.compile(r"[^:\[\]()\-–—]*(?::([0-9]))?")
"""A name without any sign that may stand before a rating, and a colon with one digit behind it."""

_BEHIND_COLON = re.compile(r"(\s*)[^\s\d+-].*", re.DOTALL)
"""What is no rating that somebody got wrong, but may be a part of the name: where a blank stands before it,
or where nothing in the column has a rating."""
_RATED = re.compile(r".*\S\s*:\s*\d+", re.DOTALL)

_RATING_NAMES = {"offers": "level", "seeks": "priority"}
DEFAULTS = {"offers": DEFAULT_LEVEL, "seeks": DEFAULT_PRIORITY}
BOUNDS = {"offers": LEVELS, "seeks": PRIORITIES}
_WORDS = {"offers": words.LEVELS, "seeks": words.PRIORITIES}
_DOUBTFUL = {"offers": words.DOUBTFUL_LEVELS, "seeks": words.DOUBTFUL_PRIORITIES}


def ratings_of_words(field: str, choices: Choices) -> dict[str, int]:
    """Return what words mean as a level or a priority; own words go first."""
    own = {word_key(word): int(rating) for word, rating in choices.words.get(field, {}).items()}
    return {**_WORDS[field], **_scale_of_ratings(field, choices), **own}


def _scale_of_ratings(field: str, choices: Choices) -> dict[str, int]:
    """Return the rating of each word of a scale: from the lowest to the highest, evenly between."""
    scale, (low, high) = choices.scale_of(field, _RATING_NAMES[field]), BOUNDS[field]
    steps = max(1, len(scale) - 1)
    return {word: low + (2 * place * (high - low) + steps) // (2 * steps) for place, word in enumerate(scale)}


def is_doubtful(word: str, field: str, choices: Choices) -> bool:
    """Say whether a word is a rating of which nobody knows how high."""
    key = word_key(word)
    return key in _DOUBTFUL[field] and key not in ratings_of_words(field, choices)


class Signs(NamedTuple):
    """What stands between the names in the cells of a column."""

    main: str
    others: tuple[str, ...] = ()
    """What separates as well, wherever it stands."""
    commas: bool = False
    """Whether commas separate in cells that hold none of these."""
    said: bool = False
    """Whether somebody has said it."""

    def cut(self, cell: str) -> list[str]:
        """Return the names in a cell."""
        signs = (self.main, *self.others)
        plain = not self.said or self.main.strip() in (",", ";")
        cell = cell.translate(FULL_WIDTH) if plain else cell.replace("：", ":")
        if self.commas and not any(sign in OUTSIDE_BRACKETS.sub("", cell) for sign in signs):
            return split_cell(cell, ",")
        parts = split_cell(cell, *signs)
        return list(map(without_bullet, parts)) if _LINE in signs else parts


def decide_separator(
    column: FileColumn, choices: Choices, findings: Findings, *, framed: bool = False
) -> Signs:
    """Return what stands between the names in the cells of a column.

    Parameters
    ----------
    column : FileColumn
        Of a list.
    choices : Choices
        May say it.
    findings : Findings
        Gets a note of what was decided, or a fault.
    framed : bool
        Whether brackets or addresses show that commas separate.
    """
    said = choices.separator_of(*_names_of(column))
    column.separator_found = said is not None
    if said is not None:
        return Signs(said.replace("\\n", _LINE) or ";", said=True)
    outside = _OutsideBrackets(column.texts().translate(FULL_WIDTH))
    found = next((sign for sign in _SURE if sign in outside), None)
    commas = "," in outside
    cells = [cell.translate(FULL_WIDTH) for cell in column.cells if isinstance(cell, str)] if commas else []
    if found is not None:
        if found != ";":
            findings.note(f"a list, separated by {_shown(found)}", column.heading, code="separator")
        others = tuple(sign for sign in (_LINE, ";", "•") if sign != found and sign in outside)
        mixed = commas and _is_mixed(column, cells, (found, *others), findings)
        column.separator_found = not (others or mixed)
        return Signs(found, others, mixed)
    if not commas or column.field in NAMING:  # whom a text names, only all people together say
        return Signs(";")
    column.separator_found = True
    if choices.options_of(*_names_of(column)):
        return Signs(",")
    return Signs(_decide_comma(column, cells, findings, sure=framed))


class _OutsideBrackets:
    """Knows which signs stand in a text outside brackets; only some texts need a look for all brackets."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._before = text.partition("(")[0].partition("[")[0]

    def __contains__(self, sign: str) -> bool:
        if sign in self._before:
            return True
        # What a bracket parts may become a sign without it, but for the one letter of a sign.
        return sign.strip(" ") in self._text and sign in self._outside

    @cached_property
    def _outside(self) -> str:
        return OUTSIDE_BRACKETS.sub("", self._text)


def _names_of(column: FileColumn) -> tuple[str, ...]:
    return (column.heading, *column.aliases, *column.questions, column.field or "")


def with_whole_options(parts: Sequence[str], separator: str, options: Sequence[str]) -> list[str]:
    """Return parts of a cell in which options that hold the separator are whole again.

    Examples
    --------
    >>> with_whole_options(["Python", "Diversity", "equity"], ", ", ["Diversity, equity"])
    ['Python', 'Diversity, equity']
    """
    known = {_option_key(option): option for option in options}
    whole, start = [], 0
    while start < len(parts):
        ends = range(min(len(parts), start + _MOST_IN_OPTION), start, -1)
        joined = {end: _option_key(separator.join(parts[start:end])) for end in ends}
        end = next((end for end in ends if joined[end] in known), start + 1)
        whole.append(known.get(joined[end], parts[start]))
        start = end
    return whole


_MOST_IN_OPTION = 20
"""Separators in one option, at most."""


def _option_key(text: str) -> str:
    return word_key(re.sub(r"\s*([,;/|])\s*", r"\1", text))


def _shown(separator: str) -> str:
    return "line breaks" if separator == _LINE else f"'{separator}'"


def _is_mixed(column: FileColumn, cells: Sequence[str], signs: Sequence[str], findings: Findings) -> bool:
    """Say whether some cells separate by commas what others separate by another sign."""
    loose = [cell for cell in cells if not any(sign in OUTSIDE_BRACKETS.sub("", cell) for sign in signs)]
    several = [parts for cell in loose if len(parts := split_cell(cell, ",")) > 1]
    if not any(_returns(column, part) for parts in several for part in parts):
        return False
    message = f"some cells separate names by {_shown(signs[0])}, others by commas; each is read as it stands"
    findings.note(message, column.heading, code="separator")
    return True


def _returns(column: FileColumn, part: str) -> bool:
    return column.beside is not None and column.beside.returns(part, column.field or "")


def _decide_comma(column: FileColumn, cells: Sequence[str], findings: Findings, *, sure: bool) -> str:
    lists = [split_cell(cell, ",") for cell in cells]
    several = [parts for parts in lists if len(parts) > 1]
    if not several:
        return ","
    heading, field = column.heading, column.field
    as_one = f"if a cell is one name, --separator '{' '.join(heading.split())}=;'"
    example = f"--separator '{field}=, ' if each part is a name, --separator '{field}=;' if a cell is one"
    if not (
        sure
        or field in _WITHOUT_COMMAS
        or any(map(_QUOTED_PART.search, cells))
        or any(_returns(column, part) for parts in several for part in parts)
    ):
        message = f"do commas separate names here? no part returns in another cell; {example}"
        findings.fault(message, heading, code="separator")
    elif _has_torn_name(lists):
        message = f"commas separate names here, and one name may hold a comma, too; {example}"
        findings.fault(message, heading, code="separator")
    else:
        findings.note(f"a list, separated by ','; {as_one}", heading, code="separator")
    return ","


def _has_torn_name(lists: Sequence[Sequence[str]]) -> bool:
    """Say whether some part looks like the end of another: ``Diversity``, ``equity and inclusion``.

    It begins with a small letter and always follows the same part, which begins with a capital and always
    comes before it. A single word must do so in several cells.
    """
    before: dict[str, set[str]] = {}
    behind: dict[str, set[str]] = {}
    counts = Counter[str]()
    for parts in lists:
        counts.update(parts)
        for one, other in zip(["", *parts], [*parts, ""], strict=True):
            behind.setdefault(one, set()).add(other)
            before.setdefault(other, set()).add(one)
    return any(
        part[:1].islower()
        and (" " in part or counts[part] > 1)
        and len(firsts) == 1
        and first[:1].isupper()
        and len(behind[first]) == 1
        for part, firsts in before.items()
        for first in firsts
    )


def rated_part(part: str, field: str, known: Mapping[str, int], *, colons: bool = False) -> str:
    """Return a skill with its rating as a people file writes it: ``Python:4``.

    A colon with a blank and no rating behind it belongs to the name; so do other colons, if ``colons``.

    Examples
    --------
    >>> rated_part("Excel [Expert]", "offers", words.LEVELS), rated_part("Excel:2", "offers", words.LEVELS)
    ('Excel:5', 'Excel:2')
    >>> rated_part("Excel (4)", "offers", words.LEVELS), rated_part("Windows (11)", "offers", words.LEVELS)
    ('Excel:4', 'Windows (11)')
    >>> rated_part("Storytelling: the basics", "offers", words.LEVELS)
    'Storytelling: the basics:3'
    """
    simple = _SIMPLE.fullmatch(part)
    if simple is not None and simple[1] not in known:
        return part
    lowest, highest = BOUNDS[field]
    for place, pattern in enumerate(_RATING):
        found = pattern.fullmatch(part)
        if found is None:
            continue
        word = word_key(found["word"])
        if word in known:
            return f"{found['name']}:{known[word]}"
        if place in _WITH_NUMBERS and word.isdigit() and lowest <= int(word) <= highest:
            return f"{found['name']}:{word}"
    name, colon, behind = part.rpartition(":")
    match = _BEHIND_COLON.fullmatch(behind) if colon and name else None
    if match and (match[1] or colons) and word_key(behind) not in words.RATINGS:
        return f"{part}:{DEFAULTS[field]}"
    return part


def _has_close_colons(parts: Collection[str], field: str, known: Mapping[str, int]) -> bool:
    """Say whether names of a column hold a colon without a blank, and nothing in it has a rating."""
    closed = [part for part in parts if rated_part(part.strip(), field, known, colons=True) != part.strip()]
    return any(rated_part(part.strip(), field, known) == part.strip() for part in closed) and not any(
        _RATED.fullmatch(part.strip()) or any(_says(part.strip(), pattern, known) for pattern in _RATING)
        for part in parts
    )


def _says(part: str, pattern: re.Pattern[str], known: Mapping[str, int]) -> bool:
    match = pattern.fullmatch(part)
    return match is not None and word_key(match["word"]) in known


def read_lists(column: FileColumn, choices: Choices, findings: Findings) -> None:
    """Let the cells of a column hold lists as a people file has them; cells that do so stay as they are."""
    field = column.field or ""
    column.kind = "list"
    signs = decide_separator(column, choices, findings, framed=_leave_out_what_frames(column))
    column.separator = signs.main
    silent = choices.non_answers
    options = choices.options_of(*_names_of(column))
    known = ratings_of_words(field, choices) if field in RATED else None
    parts = distinct_parts([cell for cell in column.cells if isinstance(cell, str)])
    simple = (signs.main, *signs[1:3]) == (";", (), False) and not options
    if simple and _are_plain(parts, column, silent, field, known):
        return
    colons = known is not None and _has_close_colons(parts, field, known)
    if colons:
        message = "names hold a colon: nothing behind it is a rating, and it is a part of them"
        findings.note(message, column.heading, code="colon")
    read = _PartReader(field, choices, known, colons=colons)
    changed = _changed_parts(parts, read) if simple else None
    left_out = 0
    made: dict[str, str | None] = {}
    for place, cell in enumerate(column.cells if changed != set() else ()):
        if not isinstance(cell, str) or not cell:
            continue
        if changed is not None and changed.isdisjoint(cell.split(";")):
            continue
        if cell not in made:
            names = signs.cut(cell)
            if options:
                names = with_whole_options(names, signs.main, options)
            answers = [written for name in names if (written := read[name]) is not None]
            made[cell] = _written(cell, answers)
            left_out += len(names) - len(answers)
        column.cells[place] = made[cell]
    if read.found_doubtful:
        _ask_for_words(column, findings)
    if left_out:
        note_of_non_answers(column, left_out, findings)


def _changed_parts(parts: Collection[str], read: _PartReader) -> set[str] | None:
    """Return the parts between ``;`` that are written otherwise than they stand there.

    ``None`` where something could protect a ``;``: then what is a part shows only in its cell.
    """
    if not all(map(is_cut_simply, parts)):
        return None
    in_lines = {part: in_one_line(part) for part in parts if part and not part.isspace()}
    return {part for part, name in in_lines.items() if read[name] != name}


class _PartReader(dict[str, str | None]):
    """What each entry of a list is written as, read once: people write the same few names again and again."""

    def __init__(
        self, field: str, choices: Choices, known: Mapping[str, int] | None, *, colons: bool
    ) -> None:
        super().__init__()
        self._field, self._choices, self._known, self._colons = field, choices, known, colons
        self._silent = choices.non_answers
        self.found_doubtful = False
        """Whether an entry has a rating of which nobody knows how high."""

    def __missing__(self, part: str) -> str | None:
        """Return an entry as a people file has it; ``None`` where it is no answer."""
        self[part] = written = self._written(part)
        return written

    def _written(self, part: str) -> str | None:
        if is_silent(part, self._silent, self._field):
            return None
        if self._known is None:
            return part
        self.found_doubtful |= _is_doubtful_part(part, self._field, self._choices)
        return rated_part(part, self._field, self._known, colons=self._colons)


def _leave_out_what_frames(column: FileColumn) -> bool:
    """Take away what shows that a cell is a list; say whether it also shows that commas separate.

    Notion writes an address behind each name; programs write a list in brackets.
    """
    texts = column.texts()
    has_links = "(" in texts and any(sign in texts for sign in ("://", ".md", ".csv"))
    if not has_links and "[" not in texts:
        return False
    plain = [without_frame(without_links(cell)) if isinstance(cell, str) else cell for cell in column.cells]
    framed = plain != column.cells
    column.cells = plain
    return framed


def _are_plain(
    parts: Collection[str],
    column: FileColumn,
    silent: Container[str],
    field: str,
    known: Mapping[str, int] | None,
) -> bool:
    """Say whether all lists stand there as a people file has them, by a look at each distinct part."""
    together = ";".join(parts)
    if column.option is None and not together.isprintable():
        return False
    careful = not together.isascii() or any(sign in together for sign in _CAREFUL)
    for part in parts:
        stripped = part.strip()
        if not stripped:
            continue
        if (careful and _needs_care(stripped)) or is_silent(stripped, silent, field):
            return False
        if known is not None and rated_part(stripped, field, known, colons=True) != stripped:
            return False
    return True


_CAREFUL = ('"', "  ", "(", ")", "[", "]")
"""What stands in nearly every text that needs care, beside signs of Chinese and Japanese keyboards."""


def _needs_care(part: str) -> bool:
    balanced = part.count("(") == part.count(")") and part.count("[") == part.count("]")
    return (
        not balanced
        or '"' in part
        or "  " in part
        or (not part.isascii() and part.translate(FULL_WIDTH) != part)
        or part.endswith((")", "]"))
    )


def is_silent(part: str, silent: Container[str], field: str) -> bool:
    """Say whether an entry of a list is no answer; ``no`` and ``na`` are languages."""
    return word_key(part) in silent and not (field == "languages" and word_key(part) in ("na", "no"))


def _written(cell: str, written: Sequence[str]) -> str | None:
    """Return a cell as a people file has it."""
    if written == [in_one_line(part) for part in cell.split(";") if part and not part.isspace()]:
        return cell
    return ";".join(part.replace(";", ",") for part in written) or None


def _is_doubtful_part(part: str, field: str, choices: Choices) -> bool:
    matches = (pattern.fullmatch(part) for pattern in _RATING)
    return any(is_doubtful(match["word"], field, choices) for match in matches if match)


def _ask_for_words(column: FileColumn, findings: Findings) -> None:
    what = "levels" if column.field == "offers" else "priorities"
    message = (
        f"holds words for {what} that scales use differently; say what they mean in a reading "
        f"([words.{column.field}]), or write numbers"
    )
    findings.fault(message, column.heading, code="unknown-word")


def note_of_non_answers(column: FileColumn, count: int, findings: Findings) -> None:
    """Tell how many cells of a column hold an answer that is none."""
    message = (
        f"{count} answer{'s' if count > 1 else ''} such as 'N/A' count{'' if count > 1 else 's'} as not known"
    )
    findings.note(message, column.heading, code="non-answer")
