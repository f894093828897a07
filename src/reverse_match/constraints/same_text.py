"""Whether two people have the same text, or the same leading parts of a path (``Group/Plant/Workshop``).

Texts are compared part by part after Unicode, case, accents and spacing are normalised, as the criteria
``difference`` and ``sameness`` compare them. A path shorter than the prefix is compared as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reverse_match.constraints.profile_pairs import Equal, ProfileCondition
from reverse_match.scoring.comparison import path_of

if TYPE_CHECKING:
    from reverse_match.constraints.setting import Setting
    from reverse_match.policy.conditions import ComparedTexts


def compile_same_text(condition: ComparedTexts, setting: Setting) -> ProfileCondition:
    """Give everybody the number of their text."""
    texts = setting.columns.texts(condition.field)
    paths = {text: path_of(text, splits=condition.splits_paths) for text in dict.fromkeys(texts)}
    code = {
        path: place for place, path in enumerate(dict.fromkeys(p[: condition.prefix] for p in paths.values()))
    }
    code_of_text = {text: code[path[: condition.prefix]] for text, path in paths.items()}
    codes = np.array([code_of_text[text] for text in texts], dtype=np.int32)
    known = codes != code.get((), -1)
    mentors, mentees = list(setting.sides.mentors), list(setting.sides.mentees)
    return ProfileCondition(Equal(), codes[mentors], codes[mentees], (known[mentors], known[mentees]))
