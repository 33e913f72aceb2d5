"""Steady property tests, whatever the order of tests; and notebooks whose pictures are compared too."""

import os

import pytest
from hypothesis import settings
from pictures import difference

# The same examples on every run, and no clock; the weekly run sets HYPOTHESIS_PROFILE to explore.
settings.register_profile("steady", derandomize=True, database=None, deadline=None, report_multiple_bugs=False)
settings.register_profile("explore", database=None, deadline=None, max_examples=300, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


def images(outputs):
    """The pictures among the outputs of a cell, as they stand in the notebook file."""
    return [output["data"]["image/png"] for output in outputs if "image/png" in output.get("data", {})]


def pytest_itemcollected(item):
    """Teach nbval, which compares text only, to compare pictures in the same run."""
    if type(item).__name__ != "IPyNbCell":
        return
    same_text = item.compare_outputs

    def same_outputs(new, stored, skip_compare=None):
        if not same_text(new, stored, skip_compare):
            return False
        drawn, kept = images(new), images(stored)
        if len(drawn) != len(kept):
            item.comparison_traceback.append(f"{len(drawn)} pictures are drawn, {len(kept)} are stored")
            return False
        found = [said for one, other in zip(drawn, kept, strict=True) if (said := difference(one, other))]
        item.comparison_traceback.extend(f"the stored picture is not the one drawn now: {said}" for said in found)
        return not found

    item.compare_outputs = same_outputs


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Keep the cells of a notebook in their order, wherever a shuffle has put them."""
    cells = [index for index, item in enumerate(items) if type(item).__name__ == "IPyNbCell"]
    ordered = sorted((items[index] for index in cells), key=lambda cell: (str(cell.path), cell.cell_num))
    for index, cell in zip(cells, ordered, strict=True):
        items[index] = cell
