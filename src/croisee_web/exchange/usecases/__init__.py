"""What one may do with study folders. One function an act."""

from croisee_web.exchange.usecases.examples import (
    NotAnExample,
    ask_for_example,
    remove_example,
)
from croisee_web.exchange.usecases.folders import FolderRefused, export_folder, import_folder
from croisee_web.exchange.usecases.transfers import (
    ask_for_export,
    do_export,
    do_import,
    erase_exports,
    receive_folder,
)

__all__ = [
    "FolderRefused",
    "NotAnExample",
    "ask_for_example",
    "ask_for_export",
    "do_export",
    "do_import",
    "erase_exports",
    "export_folder",
    "import_folder",
    "receive_folder",
    "remove_example",
]
