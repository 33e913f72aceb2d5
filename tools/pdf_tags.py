"""Tidy the tags of a PDF that Chromium has written.

Chromium puts each word with a style, and each letter of a formula, into an element without a meaning. Taken out,
a paragraph holds its text itself, and the file is half as large.
"""

from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject

NAMELESS = "/NonStruct"

#: Names of a later version of PDF, and what older readers take them for.
ROLES = {"/Em": "/Span", "/Strong": "/Span"}


def tidy(reader, formulas):
    """Leave the elements that mean something, and name formulas, which are told by the words that stand for them."""
    root = reader.root_object["/StructTreeRoot"]
    root[NameObject("/RoleMap")] = DictionaryObject({NameObject(name): NameObject(ROLES[name]) for name in ROLES})
    for owners in root["/ParentTree"]["/Nums"][1::2]:
        owners = owners.get_object()
        if isinstance(owners, list):
            owners[:] = map(named, owners)
    waiting = [(root, None)]
    while waiting:
        element, its_place = waiting.pop()
        if element.get("/S") == "/Figure" and element.get("/Alt") in formulas:
            element[NameObject("/S")] = NameObject("/Formula")
        if "/K" in element:
            element[NameObject("/K")] = ArrayObject(content(element))
        for place in element.get("/K", []):
            if isinstance(place, IndirectObject) and "/S" in place.get_object():
                if its_place is not None:
                    place.get_object()[NameObject("/P")] = its_place
                waiting.append((place.get_object(), place))


def named(place):
    """The nearest element around a place that has a meaning."""
    while place.get_object()["/S"] == NAMELESS:
        place = place.get_object().raw_get("/P")
    return place


def content(element):
    """What an element holds: other elements, links, and pieces of pages, those of nameless elements too."""
    for place in kids(element):
        thing = place.get_object()
        if isinstance(thing, int):
            yield piece(element.raw_get("/Pg"), thing)
        elif thing.get("/S") == NAMELESS:
            yield from content(thing)
        else:
            yield place


def kids(element):
    """The list of what an element holds, which may be one thing without a list, or nothing."""
    if "/K" not in element:
        return []
    return element["/K"] if isinstance(element["/K"], list) else [element.raw_get("/K")]


def piece(page, number):
    """A marked piece of a page, on its own."""
    return DictionaryObject(
        {NameObject("/Type"): NameObject("/MCR"), NameObject("/Pg"): page, NameObject("/MCID"): number}
    )
