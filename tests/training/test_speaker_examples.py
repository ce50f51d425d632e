"""Examples of speakers that are written by hand."""

from pathlib import Path

from training.speaker_examples import read_speaker_examples


def test_each_part_of_an_example_stands_in_its_text(tmp_path: Path) -> None:
    path = tmp_path / "examples.txt"
    path.write_text(
        "# A note.\n"
        '"He says it rained," said Ana Bell. | Ana Bell | said | "He says it rained," | Ana Bell\n'
        "+ | He | says | it rained |\n"
    )

    (document,) = read_speaker_examples(path)

    text = document["text"]
    told = [
        [text[slice(*one[role][0])] for role in ("source", "cue", "content")] + [one["speaker"]]
        for one in document["attributions"]
    ]
    assert told == [
        ["Ana Bell", "said", '"He says it rained,"', "Ana Bell"],
        ["He", "says", "it rained", None],
    ]


def test_no_two_committed_examples_are_of_one_outlet() -> None:
    documents = read_speaker_examples()

    assert len({document["publisher"] for document in documents}) == len(documents) > 20
