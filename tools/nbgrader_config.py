"""Settings of the course, read by nbgrader. They may be changed; `make assignment` writes them anew."""

import os
from pathlib import Path

import nbformat
from nbgrader.converters import Autograde
from nbgrader.preprocessors import NbGraderPreprocessor, OverwriteCells

COURSE = Path(__file__).parent


class RestoreCells(NbGraderPreprocessor):
    """Put locked cells that a student deleted back where they stood, and tell the notebook who handed it in."""

    def preprocess(self, nb, resources):
        """Walk through the source version: a cell that is missing goes behind the one before it."""
        about = resources["nbgrader"]
        os.environ["NBGRADER_STUDENT"] = about["student"]
        source = nbformat.read(COURSE / "source" / about["assignment"] / f"{about['notebook']}.ipynb", as_version=4)
        place = 0
        for cell in source.cells:
            name = self.name_of(cell)
            found = [index for index, theirs in enumerate(nb.cells) if name and self.name_of(theirs) == name]
            if found:
                place = found[0] + 1
            elif name and cell.metadata.nbgrader.locked:
                nb.cells.insert(place, cell)
                place += 1
        return nb, resources

    def name_of(self, cell):
        """The name by which nbgrader knows a cell."""
        return cell.metadata.get("nbgrader", {}).get("grade_id")


c = get_config()  # noqa: F821 - nbgrader defines it
c.CourseDirectory.course_id = "position-encoding"
c.ClearSolutions.code_stub = {"python": "# your code here"}
c.ClearSolutions.text_stub = "*Your proof here.*"
# Longer than a check can last, so that only a cell which does not end by itself is interrupted.
c.Execute.timeout = 120
restored = Autograde().sanitize_preprocessors
restored.insert(restored.index(OverwriteCells), RestoreCells)
c.Autograde.sanitize_preprocessors = restored
