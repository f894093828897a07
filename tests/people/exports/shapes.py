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


def write_all(people: Sequence[Record], directory: Path, seed: int = 0) -> dict[str, Export]:
    """Write every shape into a folder of its own."""
    exports = {}
    for name, writer in SHAPES.items():
        folder = directory / name
        folder.mkdir(parents=True)
        exports[name] = writer(people, folder, Random(seed))
    return exports


BY_SOURCE: dict[str, tuple[str, ...]] = {
    "Google Forms, saved from Sheets": ("google_sheets", "google_grids"),
    "Google Forms' own CSV": ("google_own",),
    "Microsoft Forms": ("microsoft_workbook", "microsoft_anonymous"),
    "SurveyMonkey": ("surveymonkey_options", "surveymonkey_matrix"),
    "Typeform": ("typeform",),
    "Qualtrics": ("qualtrics",),
    "LimeSurvey": ("limesurvey_texts", "limesurvey_codes"),
    "Drupal webform": ("drupal",),
    "Airtable, Notion": ("airtable", "notion"),
    "Lucca": ("lucca_login", "lucca_composed", "lucca_mail"),
    "Workday report": ("workday",),
    "SuccessFactors": ("successfactors",),
    "BambooHR, Personio, HiBob": ("bamboohr", "personio", "hibob"),
    "HR data sets in circulation": ("hr_data_set", "excel_protected_ids"),
    "French tools": ("french_tool",),
    "Excel in Europe": (
        *("excel_separator_line", "excel_unicode_text", "excel_macintosh", "excel_serial_days"),
        *("excel_lost_zeros", "excel_lost_zeros_of_managers", "excel_lost_digits"),
        *("excel_filtered", "excel_merged"),
    ),
    "identity exports": ("identity_values", "scim_list", "scim_lines"),
    "by hand": (
        *("by_hand_contacts", "by_hand_marks", "by_hand_full_width"),
        *("by_hand_level_words", "by_hand_level_grid"),
    ),
    "lists and sheets by role": ("two_lists", "excel_sheet_per_role", "excel_several_sheets"),
    "layout": ("decorated", "blank_before_quotes", "invisible_characters"),
}
"""Shapes by where they come from."""
