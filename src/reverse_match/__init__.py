"""Best possible mentor/mentee duos for reverse-mentoring programmes, with a proof.

Read people, say what a good duo is, match, verify::

    import reverse_match as rm

    cohort = rm.read_cohort("people.csv")
    policy = rm.Policy()
    matching = rm.match(cohort, policy)
    rm.verify(matching, cohort, policy)

All records are in ``rm.results``, all errors in ``rm.errors``, pictures in ``rm.plots``. The file
``__init__.pyi`` names the module of each name. A name loads its module when it is first used, so that the
import of the package takes very little time.
"""

import lazy_loader

_load, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)


def __getattr__(name: str) -> object:
    try:
        return _load(name)
    except AttributeError as error:
        gathered = ("results", "errors") if name[:1].isupper() else ()  # other names are those of modules
        place = next((place for place in gathered if hasattr(_load(place), name)), None)
        if place is None:
            raise
        message = f"{error}; it is rm.{place}.{name} now"
        raise AttributeError(message) from None
