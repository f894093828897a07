"""Best possible mentor/mentee duos for reverse-mentoring programmes, with a proof.

Read people, say what a good duo is, match, verify::

    import reverse_match as rm

    cohort = rm.read_cohort("people.csv")
    policy = rm.Policy()
    matching = rm.match(cohort, policy)
    rm.verify(matching, cohort, policy)

All records are in ``rm.results``, all errors in ``rm.errors``. Which name comes from which module stands in
``__init__.pyi``: a name loads what it needs when it is first used, so that the import costs next to nothing.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
