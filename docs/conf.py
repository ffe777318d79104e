"""How Sphinx builds these pages: `nox -s docs`. Nothing here needs the network."""

from importlib import metadata
from typing import Any

project = "radarr-core"
author = "The radarr-core authors"
copyright = "The radarr-core authors"  # noqa: A001 - Sphinx's name for it
try:
    release = metadata.version("radarr-core")
except metadata.PackageNotFoundError:  # the package is on the path, but not installed
    release = "unreleased"

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = project

myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3

# Single backticks in docstrings are code, and links where there is something of that name.
default_role = "py:obj"
python_maximum_signature_line_length = 88
python_use_unqualified_type_names = True
add_module_names = False
toc_object_entries = False

autodoc_default_options = {"members": True, "member-order": "bysource"}
autodoc_typehints = "signature"
# Fields of values are told of in their class's docstring, under "Attributes", and stand in its signature.
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True


def shorten_defaults(
    app: Any, what: str, name: str, thing: object, options: Any, signature: str | None, returns: str | None
) -> tuple[str | None, str | None]:
    """Show a default that is made afresh for each value as dots; how attrs marks it tells nobody anything."""
    return (signature.replace("= NOTHING", "= ...") if signature else signature), returns


def setup(app: Any) -> None:
    """Connect what is defined above."""
    app.connect("autodoc-process-signature", shorten_defaults)
