"""What Otter does around a student's notebook before it grades it, so that a slip costs no more than one exercise.

Otter finds this module beside its own program in a container, and on `PYTHONPATH` elsewhere.
"""

import inspect
import re
import shutil
from importlib.util import find_spec
from pathlib import Path

from nbformat.v4 import new_code_cell

CHECK = re.compile(r'grader\.check\("([\w-]+)"\)')

# The first cell of a graded notebook. A copy of the kernel tries a cell before the kernel itself runs it.
LIMIT = """\
def _limit(seconds):
    import os

    from IPython import get_ipython
    from IPython.core.magic import register_cell_magic
    from IPython.utils.capture import capture_output
    from posenc.exercises import _apart

    kernel, home = get_ipython(), os.getcwd()
    kernel.ask_exit = lambda: None  # exit() leaves its cell, not the grading

    def tried(cell):
        with capture_output(stdout=False, stderr=False):
            error = kernel.run_cell(cell).error_in_exec
        if isinstance(error, MemoryError):  # the copy had a limit, and the kernel has none
            raise error

    @register_cell_magic
    def in_time(line, cell):
        try:
            _apart.apart(lambda: tried(cell), seconds)
        except _apart.Stopped as stopped:
            print(f"This cell was left out: {{stopped}}")
        else:
            kernel.run_cell(cell)
        os.chdir(home)  # where the tests are


_limit({seconds})
"""


class Grading:
    """Puts back what was handed out, and leaves out a cell that does not end.

    `handed_out` holds the code cells of the notebook as students got it, in order: the id of each, and its source
    if it was not theirs to change. `seconds` is how long one of their cells may take.
    """

    def __init__(self, submission, metadata, settings):
        self.handed_out = settings["handed_out"]
        self.seconds = settings["seconds"]

    def before_grading(self, settings):
        """Drop what was handed in under the name of an installed module, which would be imported in its place."""
        for path in Path().iterdir():
            name = path.name if path.is_dir() else inspect.getmodulename(path)
            if name and name.isidentifier() and name != "tests" and (installed := find_spec(name)) and installed.origin:
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    def before_execution(self, notebook):
        """The notebook with all that was handed out, with Otter's own checks, and with a limit on all other cells."""
        restore(notebook.cells, self.handed_out)
        given = {source for _, source in self.handed_out}
        for cell in notebook.cells:
            if cell.cell_type != "code":
                continue
            if check := CHECK.fullmatch(cell.source):
                # Otter calls these tests by a name that no student uses.
                cell.source, cell.metadata["otter"] = "", {"tests": [check[1]]}
            elif cell.source.strip() and cell.source not in given:
                cell.source = f"%%in_time\n{cell.source}"
        notebook.cells.insert(0, new_code_cell(LIMIT.format(seconds=self.seconds)))
        return notebook


def restore(cells, handed_out):
    """Insert each cell that was changed or deleted as it was handed out; what a student made of it follows."""
    place = len(cells)
    for key, source in reversed(handed_out):
        code = [(number, cell) for number, cell in enumerate(cells) if cell.cell_type == "code"]
        place = next((number for number, cell in code if cell.get("id") == key or cell.source == source), place)
        if source and not any(cell.source == source for _, cell in code):
            cells.insert(place, new_code_cell(source))
