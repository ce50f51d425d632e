"""Characters that break words, and what stands for characters: undone before a text is read.

Soft hyphens and characters without width, letters and accents written apart, ligatures, entities of
HTML, marks and letters that came through the wrong encoding, and addresses and names of files, whose
dots end no sentence. The text as stored stays what it is; its `EditedText` knows where everything
stood.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from html import unescape

from claims.extraction.text.editing import Edit, EditedText

# What Windows' own encoding has for the bytes 0x80 to 0x9F, which a text may also hold as such.
CONTINUING = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
# UTF-8 read as Windows' own encoding: “â€œ” for “, “Ã©” for é, “ðŸ˜€” for a smiley.
READ_WRONGLY = (
    rf"(?<![A-ZÀ-Þ])[Â-Å][{CONTINUING}]"
    rf"|(?:â[€„‚†‹ˆ]|á[º»])[{CONTINUING}]"
    r"|â€(?=[\s.,;:?!)\ufffd]|\Z)\ufffd?"  # the last byte of ” is no character there
    rf"|ðŸ[{CONTINUING}]{{2}}"
    r"|ï»¿"
)
LETTER = "A-Za-zÀ-ɏḀ-ỿ"
TO_CLEAN = re.compile(
    r"(?P<entity>&(?:amp;)?(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,10});)"
    rf"|(?P<wrong>{READ_WRONGLY})"
    r"|(?P<accented>[^\W\d_][\u0300-\u036f]+)"
    r"|(?P<ligature>[\ufb00-\ufb06])"
    # A soft hyphen at the end of a line tells that a word was cut there.
    r"|(?P<invisible>\u00ad(?!\s*\n)|[\u034f\u180e\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
    rf"|(?<=[{LETTER}])[\u200c\u200d](?=[{LETTER}]))"
)
END_OF_ADDRESS = r"(?<![.,;:!?)\]'’])"
ENDINGS_OF_FILES = "pdf|docx?|xlsx?|pptx?|csv|txt|html?|jpe?g|png|gif|mp[34]|zip|json|xml|exe"
COMMON_DOMAINS = "com|org|net|gov|edu|int|mil|info|biz|app|news|example|test"
LABELS = r"(?<![\w./@-])(?:[a-z0-9-]{2,63}\.){1,5}"
ADDRESS = re.compile(
    rf"(?P<host>{LABELS}(?:(?:{COMMON_DOMAINS}|(?:co|ac)\.[a-z]{{2}})(?:\.[a-z]{{2}})?)\b(?![/@.]\w))"
    rf"|(?:https?://|www\.)[^\s<>\"“”«»]+{END_OF_ADDRESS}"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"
    rf"|(?<![\w./-])[\w-]{{1,80}}(?:\.[\w-]{{1,20}}){{0,4}}\.(?:{ENDINGS_OF_FILES})\b"
    rf"|{LABELS}[a-z]{{2,24}}/[^\s<>\"“”«»]*{END_OF_ADDRESS}"
)
WORD_FOR_ADDRESS = "link"
DOT_WITHIN_WORD = re.compile(r"\.[A-Za-z0-9]")
BLANK = re.compile(r"\s|\Z")
BLANKS = " \n\t\u00a0"
CLOSING_MARK = "”"


def clean_text(text: str) -> EditedText:
    """Return a text as it is to be read."""
    edits = [*list_edits_of_characters(text), *list_edits_of_addresses(text)]
    return EditedText(text, leave_out_overlapping(sorted(edits)))


def leave_out_overlapping(edits: Sequence[Edit]) -> Iterator[Edit]:
    """Yield the edits that do not begin within the one before, which come in order."""
    end = 0
    for edit in edits:
        if edit.start >= end:
            yield edit
            end = edit.end


def list_edits_of_characters(text: str) -> Iterator[Edit]:
    """Yield what is to be read for characters that break words, or that stand for others."""
    if text.isascii() and "&" not in text:
        return
    for match in TO_CLEAN.finditer(text):
        replacement = find_replacement(match)
        if replacement != match[0]:
            yield Edit(match.start(), match.end(), replacement)


def find_replacement(match: re.Match[str]) -> str:
    """Return what is to be read for something that `TO_CLEAN` finds."""
    found = match[0]
    if match["entity"]:
        return unescape(unescape(found))
    if match["wrong"]:
        return decode_again(found)
    if match["accented"]:
        return unicodedata.normalize("NFC", found)
    if match["ligature"]:
        return unicodedata.normalize("NFKC", found)
    return ""


def list_edits_of_addresses(text: str) -> Iterator[Edit]:
    """Yield a word for each address or name of a file; a host alone keeps its letters."""
    end = 0
    for dot in DOT_WITHIN_WORD.finditer(text):
        if dot.start() < end:
            continue
        start = max(text.rfind(blank, end, dot.start()) for blank in BLANKS) + 1
        start = max(start, end)
        end = BLANK.search(text, dot.start()).start()  # type: ignore[union-attr]
        for match in ADDRESS.finditer(text, start, end):
            word = match[0].replace(".", "") if match["host"] else WORD_FOR_ADDRESS
            yield Edit(match.start(), match.end(), word)


def list_names_shortened(original: str, cleaned: EditedText) -> dict[str, str]:
    """Return the hosts of a text, which may be names, by what is read for them."""
    names = {}
    for edit in cleaned.edits:
        written = original[edit.start : edit.end]
        if "." in written and written.replace(".", "") == edit.replacement:
            names[edit.replacement] = written
    return names


def decode_again(found: str) -> str:
    """Return the character that was read wrongly as several; these as they are if it is none."""
    if found.rstrip("\ufffd") == "â€":
        return CLOSING_MARK
    try:
        character = bytes(map(encode_character, found)).decode("utf-8")
    except ValueError:
        return found
    return character.replace("\ufeff", "")


def encode_character(character: str) -> int:
    """Return the byte that was read as a character."""
    if ord(character) < 0x100:
        return ord(character)
    return character.encode("cp1252")[0]
