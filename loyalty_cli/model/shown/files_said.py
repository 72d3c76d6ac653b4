"""Why the system would not read or write a file, as a phrase; the system itself says it in a language of its own."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from loyalty_cli.model.shown.phrase import Phrase

USUAL = {
    errno.ENOENT: phrase("there is no such file or folder"),
    errno.EACCES: phrase("it is not allowed here"),
    errno.EPERM: phrase("it is not allowed here"),
    errno.EISDIR: phrase("it is a folder"),
    errno.ENOTDIR: phrase("a part of the path is no folder"),
    errno.EEXIST: phrase("it is there already"),
    errno.ENOSPC: phrase("there is no room left"),
    errno.EROFS: phrase("nothing can be written there"),
    errno.EIO: phrase("the disk or the connection to it fails"),
    errno.ENAMETOOLONG: phrase("the name is too long"),
}


def why_not(error: OSError) -> Phrase | str:
    """The usual reasons in words; what is rarer as the system says it."""
    return USUAL.get(error.errno or 0) or error.strerror or str(error)


def code_of_trouble(error: OSError) -> ExitCode:
    """What a script learns from a file's trouble: a wrong name, missing rights, a failing or full disk."""
    match error:
        case FileNotFoundError() | IsADirectoryError() | NotADirectoryError():
            return ExitCode.USAGE
        case PermissionError():
            return ExitCode.READ_ONLY
        case _ if error.errno == errno.EROFS:
            return ExitCode.READ_ONLY
        case _ if error.errno == errno.ENAMETOOLONG:
            return ExitCode.USAGE
        case _:
            return ExitCode.NO_SPACE
