from tests.claims.intake.readers.reading import read_one, read_refusal

VTT = """WEBVTT

00:00:01.000 --> 00:00:04.000
<v Carla Dent>We have checked every bolt of it,

00:00:04.000 --> 00:00:06.500
<v Carla Dent>and there is nothing to be afraid of.

00:00:07.000 --> 00:00:09.000
<v Nils Berg>It is not safe, and it has not been safe for years &amp; years.

00:00:09.500 --> 00:00:10.000
[APPLAUSE]
"""
SRT = """1
00:00:01,000 --> 00:00:04,000
DENT: We have checked <i>every</i> bolt of it,

2
00:00:04,000 --> 00:00:06,500
and there is nothing to be afraid of.

3
00:00:07,000 --> 00:00:09,000
BERG: It is not safe, and it has not been safe for years and years.
"""


def test_subtitles_are_a_transcript_with_a_paragraph_for_each_speaker() -> None:
    found = read_one(VTT, "2024-03-05 Council meeting.vtt")

    assert found.text == (
        "Carla Dent: We have checked every bolt of it, and there is nothing to be afraid of.\n"
        "Nils Berg: It is not safe, and it has not been safe for years & years."
    )
    assert str(found.published_on) == "2024-03-05"


def test_srt_is_read_likewise() -> None:
    found = read_one(SRT, "2024-03-05 Council meeting.srt")

    assert found.text == (
        "DENT: We have checked every bolt of it, and there is nothing to be afraid of.\n"
        "BERG: It is not safe, and it has not been safe for years and years."
    )


def test_captions_that_roll_are_read_once() -> None:
    lines = [
        "we have looked at every bolt",
        "of the bridge and at every plank",
        "that is in it and none of them",
        "is loose or cracked or old.",
    ]
    cues = [
        f"00:00:0{i}.000 --> 00:00:0{i + 1}.000\n{before}\n{line}\n"
        for i, (before, line) in enumerate(zip(["", *lines], lines, strict=False))
    ]

    found = read_one(
        "WEBVTT\n\n" + "\n".join(cue.replace("\n\n", "\n") for cue in cues), "2024-03-05.vtt"
    )

    assert found.text == " ".join(lines)


def test_subtitles_without_words_are_refused() -> None:
    assert "it holds no subtitles" in read_refusal("WEBVTT\n\nNOTE nothing\n", "a.vtt")
