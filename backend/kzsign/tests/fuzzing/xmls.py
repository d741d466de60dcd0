"""Damage to the elements of signed XML."""

from __future__ import annotations

import copy
import random

from lxml import etree

_VALUES = ("", "#x", "1", "urn:x", "http://www.w3.org/2000/09/xmldsig#enveloped-signature")


def edited(data: bytes, numbers: random.Random, other: bytes) -> bytes:
    """One change; `other` is sound XML that elements may be taken from. Raises what lxml raises."""
    top = etree.fromstring(data)
    found = [one for one in top.iter() if isinstance(one.tag, str)]
    element = numbers.choice(found)
    _change(element, numbers.choice(found), numbers, other)
    return etree.tostring(top, encoding="UTF-8", xml_declaration=True)


def _change(element: etree._Element, another: etree._Element, numbers: random.Random, other: bytes) -> None:
    kind = numbers.randrange(8)
    parent = element.getparent()
    if kind == 0 and parent is not None:
        parent.remove(element)
    elif kind == 1 and parent is not None:
        element.addnext(copy.deepcopy(element))
    elif kind == 2:
        element.text = (element.text or "") + numbers.choice(("x", " ", "\r", "1", "é"))
    elif kind == 3:
        element.set(numbers.choice(("Id", "Algorithm", "URI", "x")), numbers.choice(_VALUES))
    elif kind == 4:
        element.insert(numbers.randrange(len(element) + 1), etree.Comment("c"))
    elif kind == 5 and parent is not None:
        wrapper = etree.Element(numbers.choice((str(element.tag), "w")))
        parent.replace(element, wrapper)
        wrapper.append(element)
    elif kind == 6 and other.lstrip()[:1] == b"<":
        foreign = [one for one in etree.fromstring(other).iter() if isinstance(one.tag, str)]
        element.append(copy.deepcopy(numbers.choice(foreign)))
    elif another.getparent() is not None and another not in (element, *element.iterancestors()):
        element.append(another)
