"""Steady property tests, whatever the order of tests; and notebooks whose pictures are compared too."""

import os

import pytest
from hypothesis import settings
from pictures import difference, svg_difference

# The same examples on every run, and no clock; the weekly run sets HYPOTHESIS_PROFILE to explore.
settings.register_profile("steady", derandomize=True, database=None, deadline=None, report_multiple_bugs=False)
settings.register_profile("explore", database=None, deadline=None, max_examples=300, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


#: How the two forms in which a picture is stored are compared.
COMPARED = {"image/png": difference, "image/svg+xml": svg_difference}


def images(outputs, form):
    """The pictures among the outputs of a cell, in one of their forms, as they stand in the notebook file."""
    return [output["data"][form] for output in outputs if form in output.get("data", {})]


def pytest_itemcollected(item):
    """Teach nbval, which compares text only, to compare pictures in the same run."""
    if type(item).__name__ != "IPyNbCell":
        return
    same_text = item.compare_outputs

    def same_outputs(new, stored, skip_compare=None):
        if not same_text(new, stored, (*(skip_compare or item.parent.skip_compare), *COMPARED)):
            return False
        found = [said for form, compare in COMPARED.items() for said in changes(form, compare, new, stored)]
        item.comparison_traceback.extend(found)
        return not found

    item.compare_outputs = same_outputs


def changes(form, compare, new, stored):
    """In words, what has changed in the pictures of one form."""
    drawn, kept = images(new, form), images(stored, form)
    if len(drawn) != len(kept):
        return [f"{len(drawn)} pictures are drawn, {len(kept)} are stored, as {form}"]
    said = [compare(one, other) for one, other in zip(drawn, kept, strict=True)]
    return [f"the stored picture is not the one drawn now: {each} ({form})" for each in said if each]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Keep the cells of a notebook in their order, wherever a shuffle has put them."""
    cells = [index for index, item in enumerate(items) if type(item).__name__ == "IPyNbCell"]
    ordered = sorted((items[index] for index in cells), key=lambda cell: (str(cell.path), cell.cell_num))
    for index, cell in zip(cells, ordered, strict=True):
        items[index] = cell
