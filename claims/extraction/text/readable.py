"""Texts as they are read: characters that break words undone, and a paragraph a line."""

from claims.extraction.schema import Span
from claims.extraction.text.cleaning import clean_text, list_names_shortened
from claims.extraction.text.wrapping import unfold_lines

QUOTATION_MARKS = "\"“”„«»‘’'"


class ReadableText:
    """A text as it is read, and the way back to the text as it was given."""

    def __init__(self, original: str):
        self.cleaned = clean_text(original)
        self.unfolded = unfold_lines(self.cleaned.text)
        self.text = self.unfolded.text

        self.names_shortened = list_names_shortened(original, self.cleaned)

    @property
    def is_changed(self) -> bool:
        return bool(self.cleaned.edits or self.unfolded.edits)

    def find_original(self, span: Span) -> Span:
        """Return where the characters of a span stand in the text as it was given."""
        return self.cleaned.find_original(self.unfolded.find_original(span))

    def find_words(self, content: Span) -> Span:
        """Return likewise the words of a content, without the marks around it where several
        characters stand for each, as in "&ldquo;Yes&rdquo;".
        """
        first, last = content.start, content.end - 1
        is_marked = self.is_mark_of_several(first) and self.is_mark_of_several(last)
        if is_marked and last > first + 1:
            return self.find_original(Span(first + 1, last))
        return self.find_original(content)

    def is_mark_of_several(self, at: int) -> bool:
        """Return whether a character is a quotation mark for which several characters stand."""
        original = self.find_original(Span(at, at + 1))
        return self.text[at] in QUOTATION_MARKS and original.end - original.start > 1

    def find_readable(self, at: int) -> int:
        """Return where a character of the text as it was given stands in the text as it is read."""
        return self.unfolded.find_edited(self.cleaned.find_edited(at))

    def restore_name(self, name: str) -> str:
        """Return a name as the text that was given has it: "news.example" for "newsexample"."""
        for shortened, written in self.names_shortened.items():
            name = name.replace(shortened, written)
        return name
