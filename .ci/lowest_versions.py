"""Prints the lowest versions that pyproject.toml names for the library and its tests, for ``pip -c``."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))["project"]
for needed in sorted({*project["dependencies"], *project["optional-dependencies"]["test"]}):
    named = re.fullmatch(r"([\w.-]+)>=([\w.]+)(?:,<[\w.]+)?(;.*)?", needed)
    if named is None:
        message = f"'{needed}' names no lowest version"
        raise SystemExit(message)
    name, version, condition = named.groups()
    print(f"{name}=={version}{condition or ''}")  # noqa: T201
