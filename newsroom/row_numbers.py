"""A row's number, as an address or a form gives it."""

MOST_DIGITS = 18  # fewer than the largest number of a row has, so that none of them is too large


def read_row_number(text: str) -> int | None:
    """Return the number that these digits are.

    It is None if they can be no row's: others than 0 to 9, or too many.
    """
    is_number = text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
    return int(text) if is_number else None


def read_row_numbers(texts: list[str]) -> list[int]:
    """Return the numbers among these texts, each once, in their order."""
    numbers = [read_row_number(text) for text in texts]
    return list(dict.fromkeys(number for number in numbers if number is not None))
