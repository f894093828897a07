"""Profiles of the tests that draw their examples, and what the longer ones say of them at the end.

``HYPOTHESIS_PROFILE=long`` draws other examples in every run, from a seed that is printed, and with
``-m long`` runs every property, not only those that are marked. ``REVERSE_MATCH_SEED`` repeats a run.
``HYPOTHESIS_PROFILE=few`` is for the same code under other versions of what it needs: there every line has to
run once, and more examples of it show nothing of a version.
"""

from __future__ import annotations

import math
import os
import secrets
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, core, settings

from reverse_match.policy import policy

if TYPE_CHECKING:
    from collections.abc import Iterator

EXAMPLES = int(os.environ.get("REVERSE_MATCH_EXAMPLES", "100"))
"""So many of each property in the longer tests."""

settings.register_profile(
    "default", deadline=None, max_examples=8, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.register_profile("ci", settings.get_profile("default"), derandomize=True)
settings.register_profile("few", settings.get_profile("ci"), max_examples=4)
settings.register_profile("long", settings.get_profile("default"), max_examples=EXAMPLES, database=None)
PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "default")
settings.load_profile(PROFILE)

os.environ["LC_ALL"] = "C.UTF-8"  # else commands would speak the language of whoever runs the tests

SEED = "REVERSE_MATCH_SEED"


@pytest.fixture(scope="session", autouse=True)
def _no_lines_of_progress() -> Iterator[None]:
    """Let a slow machine print no lines of progress, which tests of what commands say do not expect."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("reverse_match.views.progress_bars.QUIET_SECONDS", math.inf)
        yield


@pytest.fixture(scope="module")
def nothing_asked() -> Iterator[None]:
    """Let the default policy ask for nothing as far as possible: for tests of all that it asks beside."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("reverse_match.policy.policy.asked_by_default", lambda: None)
        kept = policy._default_with_digest
        kept.cache_clear()
        yield
        kept.cache_clear()


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Draw the seed of a longer run, once for all its processes, which have it from the environment."""
    if PROFILE == "long":
        seed = os.environ.setdefault(SEED, str(secrets.randbelow(10**9)))
        core.global_force_seed = int(seed)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Count every property among the longer tests of a longer run."""
    if PROFILE == "long":
        for item in items:
            if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
                item.add_marker(pytest.mark.long)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many worlds were tried, how many answers compared, and from which seed."""
    counts, answers = (_counted(terminalreporter, name) for name in ("fuzz", "answers"))
    if counts:
        told = ", ".join(f"{count:,} {what}" for what, count in sorted(counts.items()))
        terminalreporter.write_line(f"random worlds against the oracle: {sum(counts.values()):,} ({told})")
    if answers:
        terminalreporter.write_line("answers under quotas against the oracle and new matches:")
        for what, count in sorted(answers.items()):
            terminalreporter.write_line(f"  {what}: {count:,}")
    if PROFILE == "long":
        terminalreporter.write_line(f"drawn anew; {SEED}={os.environ[SEED]} draws the same again")


def _counted(terminalreporter: pytest.TerminalReporter, name: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    for found, value in _properties(terminalreporter):
        if found == name and isinstance(value, dict):
            counts.update(value)
    return counts


def _properties(terminalreporter: pytest.TerminalReporter) -> Iterator[tuple[str, object]]:
    for reports in terminalreporter.stats.values():
        for report in reports:
            if getattr(report, "when", None) == "call":
                yield from report.user_properties
