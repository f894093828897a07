"""Splits cells that hold several names, and finds what stands between these from the whole column.

Brackets and quotes protect what is in them: ``Art (visual arts, music)`` is one name. A line break, a
semicolon, a bar and a slash between blanks separate wherever they stand. A comma does so only if parts of a
cell return in other cells; where nothing returns, somebody has to say it.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from reverse_match.people.cells import DEFAULT_LEVEL, DEFAULT_PRIORITY, LEVELS, PRIORITIES
from reverse_match.people.reading import words
from reverse_match.people.reading.choices import RATED
from reverse_match.people.reading.words import word_key

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from reverse_match.people.reading.choices import Choices, Column, Findings

_OPENING, _CLOSING = "([", ")]"
_FULL_WIDTH = str.maketrans({"；": ";", "、": ";", "：": ":"})
_SURE = ("\n", ";", " | ", "|", " / ")
_OUTSIDE_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_RATING = (
    re.compile(r"(?P<name>.*\S)\s*:\s*(?P<word>\S[^:]*)", re.DOTALL),
    re.compile(r"(?P<name>.*\S)\s*\[(?P<word>[^\[\]]*)\]", re.DOTALL),
    re.compile(r"(?P<name>.*\S)\s*\((?P<word>[^()]*(?:\([^()]*\))?)\)", re.DOTALL),
)
_BEHIND_COLON = re.compile(r"(\s*)[^\s\d+-].*", re.DOTALL)
"""What is no rating that somebody got wrong, but may be a part of the name: where a blank stands before it,
or where nothing in the column has a rating."""
_RATED = re.compile(r".*\S\s*:\s*\d+", re.DOTALL)
_NO_BLANK = re.compile(r"\S")
_IN_QUOTES = re.compile(r'"([^"]*)"')

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


def split_cell(cell: str, separator: str) -> list[str]:
    """Return the parts of a cell; brackets and quotes protect what is in them.

    Examples
    --------
    >>> split_cell("Python, Art (visual arts, music)", ", ")
    ['Python', 'Art (visual arts, music)']
    """
    between = separator if separator.strip() == "" or separator == " / " else separator.strip()
    parts = []
    start = depth = 0
    quoted = False
    for found in _signs(between).finditer(cell):
        sign = found[0]
        if sign == between and not depth and not quoted:
            parts.append(cell[start : found.start()])
            start = found.end()
        elif sign == '"':
            quoted = not quoted and _first_of(cell, start) == found.start()
        elif sign in _OPENING:
            depth += not quoted
        elif sign in _CLOSING:
            depth -= depth > 0 and not quoted
    parts.append(cell[start:])
    if depth or quoted:  # a bracket that nothing closes protects nothing
        parts = cell.split(between)
    return [_unquoted(part) for part in parts if part.strip()]


@lru_cache(maxsize=64)
def _signs(between: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, (between, '"', *_OPENING, *_CLOSING))))


def _first_of(cell: str, start: int) -> int:
    """Return the place of the first sign of a part that is no blank."""
    found = _NO_BLANK.search(cell, start)
    return -1 if found is None else found.start()


def _unquoted(part: str) -> str:
    found = _IN_QUOTES.fullmatch(part.strip())
    return " ".join((found[1] if found else part).split())


def decide_separator(column: Column, choices: Choices, findings: Findings) -> str:
    """Return what stands between the names in the cells of a column."""
    said = choices.separator_of(column.heading, *column.aliases, *column.questions, column.field or "")
    if said is not None:
        return said.replace("\\n", "\n") or ";"
    cells = [cell.translate(_FULL_WIDTH) for cell in column.cells if isinstance(cell, str)]
    outside = _OUTSIDE_BRACKETS.sub("", "\x00".join(cells))
    found = next((sign for sign in _SURE if sign in outside), None)
    if found is not None:
        if found != ";":
            findings.note(f"a list, separated by {_shown(found)}", column.heading, code="separator")
        return found
    if "," not in outside:
        return ";"
    return _decide_comma(column, cells, findings)


def _shown(separator: str) -> str:
    return "line breaks" if separator == "\n" else f"'{separator}'"


def _decide_comma(column: Column, cells: Sequence[str], findings: Findings) -> str:
    lists = [split_cell(cell, ",") for cell in cells]
    counts = Counter(word_key(part) for parts in lists for part in {*parts})
    several = [parts for parts in lists if len(parts) > 1]
    if not several:
        return ","
    heading = column.heading
    field = column.field
    example = f"--separator '{field}=, ' if each part is a name, --separator '{field}=;' if a cell is one"
    if not any(counts[word_key(part)] > 1 for parts in several for part in parts):
        message = f"do commas separate names here? no part returns in another cell; {example}"
        findings.fault(message, heading, code="separator")
        return ","
    if _has_torn_name(lists):
        message = f"commas separate names here, and one name may hold a comma, too; {example}"
        findings.fault(message, heading, code="separator")
        return ","
    findings.note(
        f"a list, separated by ',': parts return in other cells; otherwise {example}",
        heading,
        code="separator",
    )
    return ","


def _has_torn_name(lists: Sequence[Sequence[str]]) -> bool:
    """Say whether some part looks like the end of another: ``Diversity``, ``equity and inclusion``.

    It begins with a small letter, goes on for several words, and always follows the same part, which begins
    with a capital and always comes before it.
    """
    before: dict[str, set[str]] = {}
    behind: dict[str, set[str]] = {}
    for parts in lists:
        for one, other in zip(["", *parts], [*parts, ""], strict=True):
            behind.setdefault(one, set()).add(other)
            before.setdefault(other, set()).add(one)
    return any(
        part[:1].islower()
        and " " in part
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
    >>> rated_part("Storytelling: the basics", "offers", words.LEVELS)
    'Storytelling: the basics:3'
    """
    lowest, highest = BOUNDS[field]
    for place, pattern in enumerate(_RATING):
        found = pattern.fullmatch(part)
        if found is None:
            continue
        word = word_key(found["word"])
        if word in known:
            return f"{found['name']}:{known[word]}"
        if place == 1 and word.isdigit() and lowest <= int(word) <= highest:
            return f"{found['name']}:{word}"
    name, colon, behind = part.rpartition(":")
    match = _BEHIND_COLON.fullmatch(behind) if colon and name else None
    if match and (match[1] or colons) and word_key(behind) not in words.RATINGS:
        return f"{part}:{DEFAULTS[field]}"
    return part


def _has_close_colons(column: Column, known: Mapping[str, int]) -> bool:
    """Say whether names of a column hold a colon without a blank, and nothing in it has a rating."""
    parts = {part for cell in column.cells if isinstance(cell, str) for part in cell.split(";")}
    field = column.field or ""
    closed = [part for part in parts if rated_part(part.strip(), field, known, colons=True) != part.strip()]
    return any(rated_part(part.strip(), field, known) == part.strip() for part in closed) and not any(
        _RATED.fullmatch(part.strip()) or any(_says(part.strip(), pattern, known) for pattern in _RATING)
        for part in parts
    )


def _says(part: str, pattern: re.Pattern[str], known: Mapping[str, int]) -> bool:
    match = pattern.fullmatch(part)
    return match is not None and word_key(match["word"]) in known


def read_lists(column: Column, choices: Choices, findings: Findings) -> None:
    """Let the cells of a column hold lists as a people file has them; cells that do so stay as they are."""
    field = column.field or ""
    column.kind = "list"
    column.separator = decide_separator(column, choices, findings)
    silent = choices.non_answers
    known = ratings_of_words(field, choices) if field in RATED else None
    if column.separator == ";" and _is_plain(column, silent, field, known):
        return
    colons = known is not None and _has_close_colons(column, known)
    if colons:
        message = "names hold a colon: nothing behind it is a rating, and it is a part of them"
        findings.note(message, column.heading, code="colon")
    left = Counter[str]()
    made: dict[str, str | None] = {}
    doubtful = False
    for place, cell in enumerate(column.cells):
        if not isinstance(cell, str) or not cell:
            continue
        if cell not in made:
            parts = split_cell(
                cell.translate(_FULL_WIDTH) if ";" in column.separator else _of_rating(cell), column.separator
            )
            answers = [part for part in parts if not _is_silent(part, silent, field)]
            made[cell] = _written(cell, answers, field, known, colons=colons)
            doubtful = doubtful or (
                known is not None and any(_is_doubtful_part(part, field, choices) for part in answers)
            )
            left["none"] += len(parts) - len(answers)
        column.cells[place] = made[cell]
    if doubtful:
        _ask_for_words(column, findings)
    if left["none"]:
        note_of_non_answers(column, left["none"], findings)


def _is_plain(column: Column, silent: Container[str], field: str, known: Mapping[str, int] | None) -> bool:
    """Say whether all lists stand there as a people file has them, by a look at each distinct part."""
    parts = set(";".join(cell for cell in column.cells if isinstance(cell, str)).split(";"))
    if column.option is None and any(not cell.isprintable() for cell in parts):
        return False
    for part in parts:
        stripped = part.strip()
        if not stripped:
            continue
        if _needs_care(stripped) or _is_silent(stripped, silent, field):
            return False
        if known is not None and rated_part(stripped, field, known, colons=True) != stripped:
            return False
    return True


def _needs_care(part: str) -> bool:
    balanced = part.count("(") == part.count(")") and part.count("[") == part.count("]")
    return (
        not balanced
        or '"' in part
        or "  " in part
        or part.translate(_FULL_WIDTH) != part
        or part.endswith((")", "]"))
    )


def _of_rating(cell: str) -> str:
    return cell.replace("：", ":")


def _is_silent(part: str, silent: Container[str], field: str) -> bool:
    return word_key(part) in silent and not (field == "languages" and word_key(part) in ("na", "no"))


def _written(
    cell: str, answers: Sequence[str], field: str, known: Mapping[str, int] | None, *, colons: bool
) -> str | None:
    """Return a cell as a people file has it."""
    written = list(answers)
    if known is not None:
        written = [rated_part(part, field, known, colons=colons) for part in answers]
    plain = [part.strip() for part in cell.split(";") if part.strip()]
    if written == [" ".join(part.split()) for part in plain]:
        return cell
    return ";".join(part.replace(";", ",") for part in written) or None


def _is_doubtful_part(part: str, field: str, choices: Choices) -> bool:
    matches = (pattern.fullmatch(part) for pattern in _RATING)
    return any(is_doubtful(match["word"], field, choices) for match in matches if match)


def _ask_for_words(column: Column, findings: Findings) -> None:
    what = "levels" if column.field == "offers" else "priorities"
    message = (
        f"holds words for {what} that scales use differently; say what they mean in a reading "
        f"([words.{column.field}]), or write numbers"
    )
    findings.fault(message, column.heading, code="unknown-word")


def note_of_non_answers(column: Column, count: int, findings: Findings) -> None:
    """Tell how many cells of a column hold an answer that is none."""
    message = (
        f"{count} answer{'s' if count > 1 else ''} such as 'N/A' count{'' if count > 1 else 's'} as not known"
    )
    findings.note(message, column.heading, code="non-answer")
