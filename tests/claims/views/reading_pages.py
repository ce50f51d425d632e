"""A page as its reader meets it: the words that are to be seen, and where a keyboard stops."""

from html.parser import HTMLParser

UNSEEN_TAGS = ("script", "style", "template", "title", "dialog", "code", "pre")
VOID_TAGS = ("input", "meta", "link", "br", "img", "hr", "rect")
STOPS = ("button", "input", "select", "textarea", "summary")


class PageReader(HTMLParser):
    """Collects `words`, one entry for each text, and `stops`, the tags that Tab stops at in order.

    What an article or a person wrote is left out of the words: it stands in `bdi`, in `dir="auto"`
    and in quotations.
    """

    def __init__(self, page: str):
        super().__init__()
        self.words: list[str] = []
        self.stops: list[dict[str, str]] = []
        self.path: list[tuple[str, dict[str, str]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        self.words += [given[name] for name in ("aria-label", "placeholder") if name in given]
        is_stop = tag in STOPS or (tag == "a" and "href" in given)
        is_out = given.get("tabindex") == "-1" or given.get("type") == "hidden"
        if is_stop and not is_out and not self.is_hidden(given) and not self.is_folded(tag):
            inside = " ".join(values.get("class", "") for _, values in self.path)
            self.stops.append({"tag": tag, "inside": inside, **given})
        if tag not in VOID_TAGS:
            self.path.append((tag, given))

    def handle_endtag(self, tag: str) -> None:
        while self.path and self.path.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tags = {tag for tag, _ in self.path}
        is_theirs = any("auto" in given.get("dir", "") for _, given in self.path)
        is_record = any(given.get("class") == "history" for _, given in self.path)
        if (
            data.strip()
            and not is_theirs
            and not is_record
            and not tags & {*UNSEEN_TAGS, "bdi", "q"}
        ):
            self.words.append(" ".join(data.split()))

    def is_hidden(self, given: dict[str, str]) -> bool:
        tags = {tag for tag, _ in self.path}
        return "hidden" in given or "dialog" in tags

    def is_folded(self, tag: str) -> bool:
        """Tell whether something lies in a disclosure that is closed."""
        closed = [given for name, given in self.path if name == "details" and "open" not in given]
        if tag == "summary":
            closed = closed[:-1]
        return bool(closed)
