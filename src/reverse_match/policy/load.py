"""Reads files of plain data in JSON or TOML that a user writes, such as a policy."""

from __future__ import annotations

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from typing import TYPE_CHECKING

from reverse_match.foundation.bounded_file import MIB, POLICY_BYTES, file_bytes
from reverse_match.foundation.errors import Fault, InputError, PolicyError
from reverse_match.foundation.json_values import (
    MOST_NESTED,
    JsonError,
    is_deep,
    json_value,
    stand_in,
    too_deep,
)

if TYPE_CHECKING:
    from pathlib import Path


TOML_BYTES = 4 * MIB
"""Largest size of a TOML file; one of this size takes some seconds to read, and JSON is faster."""

_UTF_16 = BOM_UTF16_LE, BOM_UTF16_BE
"""How a text begins that some shells of Windows write where output is sent to a file."""

_PART_OF_KEY = r"""(?>"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+'|[A-Za-z0-9_-]++)"""
_LONG_KEY = re.compile(rf"(?:^|(?<=[\s\[{{,]))(?:{_PART_OF_KEY}[ \t]*+\.[ \t]*+){{{MOST_NESTED}}}", re.ASCII)
"""A dotted key with more than ``MOST_NESTED`` parts, whose reading takes time quadratic in that number."""


def plain_data_of(
    file: Path, error_class: type[InputError] = PolicyError, most: int = POLICY_BYTES
) -> object:
    """Return the content of a ``.json`` or ``.toml`` file.

    Parameters
    ----------
    file : Path
        The file.
    error_class : class
        The class of the error for a faulty file.
    most : int
        Largest size in bytes.

    Raises
    ------
    InputError
        If the file cannot be read, is larger than ``most``, or is of another kind; the error is of the given
        class.
    """
    suffix = file.suffix.lower()
    if suffix not in (".json", ".toml"):
        message = "unknown kind of file; right would be .json or .toml"
        raise error_class([Fault(message, file.name, code="unknown-kind-of-file")])
    data = file_bytes(file, min(most, TOML_BYTES) if suffix == ".toml" else most, error_class)
    try:
        text = data.decode("utf-16" if data.startswith(_UTF_16) else "utf-8-sig")
        return _toml_value(text) if suffix == ".toml" else json_value(text, on_huge=stand_in)
    except UnicodeDecodeError:
        raise error_class([Fault("not text in UTF-8", file.name, code="not-text")]) from None
    except JsonError as error:
        raise error_class([Fault(str(error), file.name, code=error.code)]) from None


def _toml_value(text: str) -> object:
    if long := _LONG_KEY.search(text):
        message = f"{too_deep()}, line {_line(text, long.start())}"
        raise JsonError(message, "too-deep")
    import tomllib  # most calls have no file of it

    try:
        value = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = f"not valid TOML: {error}"
        raise JsonError(message, "not-toml") from None
    except RecursionError:
        raise too_deep() from None
    except ValueError:  # the interpreter refuses integers of thousands of digits
        long = re.search(r"[0-9](?:_?[0-9]){600}", text)
        where = f", line {_line(text, long.start())}" if long else ""
        message = f"a number that cannot be read, or a whole number of too many digits{where}"
        raise JsonError(message, "out-of-range") from None
    if is_deep(value):
        raise too_deep()
    return value


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
