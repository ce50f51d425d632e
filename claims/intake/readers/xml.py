"""XML read without what it may name elsewhere: entities, files, addresses."""

from lxml import etree

from claims.intake.readers.documents import Broken


def refuse_entities(content: bytes) -> None:
    """Raise `Broken` if a file defines entities, which can make a small one large, or name
    others.
    """
    wide = content.replace(b"\x00", b"")
    if b"<!ENTITY" in wide:
        raise Broken("it defines XML entities, which are not read")


def parse_xml(content: bytes) -> etree._Element:
    refuse_entities(content)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise Broken(f"the XML cannot be read ({error.msg})") from None


def find_texts(element: etree._Element, *path: str) -> list[str]:
    """Return the texts of the elements at a path of local names, whatever their namespace."""
    steps = "/".join(f"*[local-name()='{name}']" for name in path)
    found = element.xpath(f".//{steps}")
    texts = [" ".join("".join(part.itertext()).split()) for part in found]
    return [text for text in texts if text]


def find_text(element: etree._Element, *path: str) -> str:
    return next(iter(find_texts(element, *path)), "")


def find_elements(element: etree._Element, name: str) -> list[etree._Element]:
    return list(element.xpath(f"self::*[local-name()='{name}']|.//*[local-name()='{name}']"))
