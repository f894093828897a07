from . import plots as plots
from . import results as results
from . import terminal as terminal
