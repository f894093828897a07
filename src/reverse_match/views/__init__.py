"""How records, studies and programmes are shown: words, pages, pictures, the terminal, the command line."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
