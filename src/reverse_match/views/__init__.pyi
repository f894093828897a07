from . import plots as plots
from . import terminal as terminal
