"""Subtitles, VTT and SRT, as transcripts: what was said in paragraphs, with who said it where that
is marked.
"""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import PurePath
from typing import NamedTuple

from claims.intake.readers.documents import Broken, Document, Problem
from claims.intake.readers.drafts import Draft
from claims.intake.readers.problems import describe_little_text
from claims.intake.readers.repairing import decode_bytes, repair_text

TIMES = re.compile(
    r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})[ \t]{0,9}-->[ \t]{0,9}"
    r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
)
VOICE = re.compile(r"<v(?:\.[\w.-]{1,60})?\s{1,9}([^>\s][^>]{0,99})>")
TAG = re.compile(r"</?[^>\n]{0,200}>|\{\\[^}]*\}")
LABEL = re.compile(r"^(?:>{2,4} ?)?((?:[A-Z][\w.'’-]{0,40} ){0,3}[A-Z][\w.'’-]{0,40}): (?=\S)")
NEW_SPEAKER = re.compile(r"^(?:>>+|-)\s*")
SOUND = re.compile(r"^[\[(♪][^\])]*[\])♪]?$")
SENTENCE_END = re.compile(r"[.!?…][\"”’)]*$")
LONG_PAUSE = 2.5  # seconds after which a sentence that has ended ends its paragraph, too
LONGEST_PARAGRAPH = 900  # characters
FEWEST_WORDS = 20


class Cue(NamedTuple):
    start: float
    end: float
    speaker: str
    text: str
    is_new: bool


def read_transcript(
    content: bytes, where: str, *, undated: bool = False
) -> Iterator[Document | Problem]:
    text = repair_text(decode_bytes(content)).replace("\r\n", "\n").replace("\r", "\n")
    cues = list(iterate_cues(text))
    if not cues:
        raise Broken("it holds no subtitles")
    lines = join_cues(cues)
    words = sum(len(line.split()) for line in lines)
    if words < FEWEST_WORDS:
        raise Broken(describe_little_text(words, "a transcript"))
    name = re.sub(
        r"(?:\.en)?(?:\.[a-zA-Z]{2,3})?\.(?:vtt|srt)$", "", PurePath(where).name, flags=re.I
    )
    title = re.sub(r"[_\s]+", " ", name).strip() or name
    yield Draft(title=title, text="\n".join(lines)).build(where, undated=undated)


def iterate_cues(text: str) -> Iterator[Cue]:
    """Yield what is shown at a time, once each: captions that roll repeat the line before."""
    before: list[str] = []
    for block in re.split(r"\n[ \t]*\n", text):
        times = TIMES.search(block)
        if not times:
            continue
        start, end = count_seconds(times.groups()[:4]), count_seconds(times.groups()[4:])
        shown = [line for line in block[times.end() :].split("\n")[1:] if line.strip()]
        cleaned = [clean_line(line) for line in shown]
        new = [line for line in cleaned if line[1] and line[1] not in before]
        before = [line[1] for line in cleaned]
        for speaker, words, is_new in new:
            yield Cue(start, end, speaker, words, is_new)


def count_seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000


def clean_line(line: str) -> tuple[str, str, bool]:
    """Return who says a line, its words, and whether somebody else begins."""
    voice = VOICE.search(line)
    words = " ".join(unescape(TAG.sub("", line)).split())
    is_new = bool(NEW_SPEAKER.match(words))
    label = LABEL.match(words)
    speaker = voice[1].strip() if voice else ""
    if label and not speaker:
        speaker, words = label[1].strip(), words[label.end() :]
    words = NEW_SPEAKER.sub("", words)
    return speaker, "" if SOUND.match(words) else words, is_new


def join_cues(cues: list[Cue]) -> list[str]:
    """Return paragraphs, each of one speaker; "NAME: words" where the speaker is known."""
    lines: list[str] = []
    speaker, end = "", 0.0
    for cue in cues:
        changed = cue.is_new or (bool(cue.speaker) and cue.speaker != speaker)
        paused = cue.start - end > LONG_PAUSE
        ended = bool(lines) and bool(SENTENCE_END.search(lines[-1]))
        is_long = bool(lines) and len(lines[-1]) > LONGEST_PARAGRAPH
        if not lines or changed or (ended and (paused or is_long)):
            label = f"{cue.speaker}: " if cue.speaker and (changed or not lines) else ""
            lines.append(f"{label}{cue.text}")
        else:
            lines[-1] += f" {cue.text}"
        speaker, end = cue.speaker or ("" if cue.is_new else speaker), cue.end
    return lines
