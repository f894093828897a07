"""Every shape of file, by its name: what ``write_<tool>(people, directory, random)`` writes.

>>> import tempfile, pathlib, random
>>> from exports.clean import clean_people
>>> with tempfile.TemporaryDirectory() as folder:
...     export = SHAPES["lucca_mail"](clean_people(), pathlib.Path(folder), random.Random(1))
>>> export.options["mapping"]
{'lastName': 'name', 'firstName': 'name', 'dtBirth': 'birth_date'}
>>> export.expected(clean_people())[0]["id"]
'lea.martin@maison.example'
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, TypeAlias

from exports import everyday_files, hr_systems, survey_forms
from exports.clean import Record
from exports.export import Export

if TYPE_CHECKING:
    from types import ModuleType

Writer: TypeAlias = Callable[[Sequence[Record], Path, Random], Export]

_PREFIX = "write_"


def _writers(module: ModuleType) -> dict[str, Writer]:
    return {
        name.removeprefix(_PREFIX): value
        for name, value in vars(module).items()
        if name.startswith(_PREFIX) and value.__module__ == module.__name__
    }


SHAPES: dict[str, Writer] = {
    **_writers(survey_forms),
    **_writers(hr_systems),
    **_writers(everyday_files),
}
"""Writers by name, in the order of the modules."""
