"""Texts that are too long for where they are shown."""


def cut_text(text: str, longest: int) -> str:
    """Return the text, or its beginning and an ellipsis: at most `longest` characters with that."""
    if len(text) <= longest:
        return text
    return text[: longest - 1] + "…"
