"""Which language a text is in, since quotes are found in English alone."""

import re
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

NAMES = {
    "af": "Afrikaans", "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan",
    "cs": "Czech", "cy": "Welsh",
    "da": "Danish", "de": "German", "el": "Greek", "es": "Spanish", "et": "Estonian",
    "fa": "Persian", "fi": "Finnish",
    "fr": "French", "ga": "Irish", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian",
    "hu": "Hungarian", "id": "Indonesian",
    "it": "Italian", "ja": "Japanese", "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian",
    "ms": "Malay", "nl": "Dutch",
    "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian",
    "sk": "Slovak",
    "sl": "Slovenian", "sq": "Albanian", "sr": "Serbian", "sv": "Swedish", "sw": "Swahili",
    "ta": "Tamil", "th": "Thai",
    "tl": "Tagalog", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese",
    "zh": "Chinese",
}  # fmt: skip
CHARACTERS_READ = 5000
FEWEST_LETTERS = 60  # of a text whose language can be told
COMMON_ENGLISH = re.compile(
    r"\b(?:the|and|of|to|said|was|that|with|for|his|her|has|have|were|from|they|this|which|would"
    r"|not|on|by|at|is|it)\b",
    re.I,
)
FEWEST_COMMON_WORDS = 2
ENGLISH_SHARE = 0.13  # of the words of English prose, at least, are such words


@cache
def load_identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages([*NAMES, "en"])
    return identifier


def find_foreign_language(text: str) -> str:
    """Return the English name of a text's language if it is not English; "" if it is, or if it is
    too short to tell.
    """
    start = text[:CHARACTERS_READ]
    letters = sum(character.isalpha() for character in start)
    if letters < FEWEST_LETTERS:
        return ""
    words = start.split()
    common = [word.casefold() for word in COMMON_ENGLISH.findall(start)]
    has_several = len(set(common)) >= FEWEST_COMMON_WORDS  # Finnish has "on", too
    if has_several and len(common) >= ENGLISH_SHARE * len(words) and len(words) > 5:
        return ""
    language, _ = load_identifier().classify(start)
    return NAMES.get(str(language), "") if language != "en" else ""
