"""Writes a file for each table of an export, in a ZIP file where there are several."""

import zipfile
from collections.abc import Callable
from pathlib import Path

from engage.exports.contents import Contents, Sheet
from engage.exports.formats.base import Progress

#: Writes one sheet to a file, and tells how many rows of it are written.
WriteOne = Callable[[Sheet, Path, Progress], None]
#: What the table of answers is called in a ZIP file.
ANSWERS = "answers"


def write_each(
    contents: Contents, file: Path, progress: Progress, ending: str, write: WriteOne
) -> None:
    """Write the only sheet to `file`, or a ZIP file with one file for each."""
    if len(contents.sheets) == 1:
        write(contents.sheets[0], file, progress)
        progress(contents.sheets[0].rows)
        return
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as folder:
        put_each(folder, contents, file, progress, ending, write)


def put_each(
    folder: zipfile.ZipFile,
    contents: Contents,
    file: Path,
    progress: Progress,
    ending: str,
    write: WriteOne,
) -> None:
    """Put a file for each sheet into a ZIP file; `file` is its path."""
    done = 0
    for sheet in contents.sheets:
        title = title_of_file(sheet)
        one = file.with_name(f"{file.name}.{title}")
        try:
            write(sheet, one, further(progress, done))
            folder.write(one, f"{title}.{ending}")
        finally:
            one.unlink(missing_ok=True)
        done += sheet.rows
        progress(done)


def title_of_file(sheet: Sheet) -> str:
    """Return what the file of a sheet is called in a ZIP file, without its ending."""
    return sheet.key or ANSWERS


def further(progress: Progress, before: int) -> Progress:
    """Return a teller that counts on from the rows of sheets before."""
    return lambda rows: progress(before + rows)
