"""Names for files and folders, built from templates."""

from .building import build_file_name, build_folder_name
from .characters import ColonMode, clean_value
from .templates import DEFAULT_FILE_TEMPLATE, DEFAULT_FOLDER_TEMPLATE, NamingTemplate, TemplateKind

__all__ = [
    "DEFAULT_FILE_TEMPLATE",
    "DEFAULT_FOLDER_TEMPLATE",
    "ColonMode",
    "NamingTemplate",
    "TemplateKind",
    "build_file_name",
    "build_folder_name",
    "clean_value",
]
