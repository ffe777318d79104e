"""How Sphinx builds these pages: `nox -s docs`. Nothing here needs the network."""

import re
from importlib import metadata
from typing import Any

from sphinx.domains.python import PyObject

from radarr_core import DEFAULT_RULES

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
# Fields of values are told of in their class's docstring, under "Attributes"; their types stand in its signature.
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True
napoleon_attr_annotations = False


NO_COLON = "\ue000"
"""Stands for a colon while Napoleon looks: it takes a property's sentence, up to its colon, for a type."""


def shorten_defaults(
    app: Any, what: str, name: str, thing: object, options: Any, signature: str | None, returns: str | None
) -> tuple[str | None, str | None]:
    """Show the default rules by their name, and as dots what is made afresh for each value or is a function."""
    if signature:
        signature = signature.replace(repr(DEFAULT_RULES), "DEFAULT_RULES")
        signature = re.sub(r"= (?:NOTHING|<function \w+ at 0x[0-9a-f]+>)", "= ...", signature)
    return signature, returns


def hide_colons(app: Any, what: str, name: str, thing: object, options: Any, lines: list[str]) -> None:
    """Comes before Napoleon."""
    if what in ("attribute", "data", "property") and lines:
        lines[0] = lines[0].replace(":", NO_COLON)


def show_colons(app: Any, what: str, name: str, thing: object, options: Any, lines: list[str]) -> None:
    """Comes after Napoleon."""
    lines[:] = [line.replace(NO_COLON, ":") for line in lines]


def setup(app: Any) -> None:
    """Connect what is defined above, and call attributes what Sphinx calls variables."""
    app.connect("autodoc-process-signature", shorten_defaults)
    app.connect("autodoc-process-docstring", hide_colons, priority=400)
    app.connect("autodoc-process-docstring", show_colons, priority=600)
    for field in PyObject.doc_field_types:
        if field.name == "variable":
            field.label = "Attributes"
