"""What was published keeps its address: a link from elsewhere finds what it was made for."""

import pytest

import anchors

GONE = """These addresses were published, and others may have linked to them, but the site has them no more:

{missing}

If a heading was changed, keep its old address: write the line (old-address)= above the heading, where old-address is
what stands after the #. If a theorem, exercise or figure was renamed, write that line above it. If a page moved, leave
a page in its place. What is new on the site joins the list with `make anchors`.
"""


def test_no_published_address_is_gone(site):
    missing = sorted(set(anchors.listed()) - set(anchors.published()))
    assert not missing, GONE.format(missing="\n".join(missing))


@pytest.mark.parametrize("kind", ["index.html", "#thm-", "#fig-", "formula/order.html#what-to-remember", "exercises/"])
def test_the_list_knows_all_kinds_of_addresses(kind):
    assert any(kind in address for address in anchors.listed())
