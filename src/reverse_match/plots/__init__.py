"""Pictures of a matching, with matplotlib (extra ``plot``): those of :mod:`reverse_match.views.plots`."""

from reverse_match.views.plots import *  # noqa: F403
from reverse_match.views.plots import __all__ as __all__
