"""How the site is built: ``sphinx-build -W -b html docs docs/_build``.

Notebooks are Markdown pages whose cells run when the site is built; a cell that fails, a link that leads
nowhere, or any other warning fails the build. It needs no network, and neither does whoever reads the pages.
"""

import os
import sys
from pathlib import Path

import ziamath
from nbclient import NotebookClient
from pygments.lexers.special import TextLexer
from sphinx.application import Sphinx

import reverse_match

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "_site"))
os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # else the debugger of a kernel warns of frozen modules
os.environ["MATPLOTLIBRC"] = str(HERE / "_site" / "matplotlibrc")

project = "reverse_match"
author = "The reverse_match authors"
project_copyright = author
version = release = reverse_match.__version__

extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "numpydoc",
    "mathml",
    "reference",
]
exclude_patterns = ["_build", "_site", "jupyter_execute", "**/.ipynb_checkpoints"]
nitpicky = True
nitpick_ignore_regex = [("py:mod", r"reverse_match\..*")]  # modules have no pages; architecture.md tells them

# Pages and notebooks
myst_enable_extensions = ["dollarmath", "colon_fence", "deflist"]
myst_heading_anchors = 4
nb_execution_mode = "force"  # never what an earlier version printed
nb_execution_raise_on_error = True
nb_execution_timeout = 120
nb_merge_streams = True
NotebookClient.coalesce_streams = True  # in how many pieces a kernel sends what is printed depends on time
nb_output_stderr = "error"  # what a reader has to see is printed; a warning fails the build

# The reference, from docstrings
autosummary_generate = False  # one page for each group of names
autodoc_typehints = "none"  # the docstrings say it in words
autodoc_member_order = "bysource"
autodoc_default_options = {"members": True}
autodoc_class_signature = "mixed"
numpydoc_show_class_members = False
numpydoc_class_members_toctree = False
add_module_names = False
python_use_unqualified_type_names = True
toc_object_entries = False

# How it looks
html_math_renderer = "mathml"
html_theme = "furo"
html_title = "reverse_match"
html_static_path = ["_site/static", str(Path(ziamath.__file__).parent / "fonts")]  # STIX Two Math
html_css_files = ["site.css"]
html_copy_source = False
html_show_sphinx = False
html_last_updated_fmt = None
html_theme_options = {"navigation_with_keys": True}
pygments_style = "default"


def setup(app: Sphinx) -> None:
    """Let files of people be shown as they are."""
    app.add_lexer("csv", TextLexer)
