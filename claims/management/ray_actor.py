"""An actor of Ray. Nothing of Django is imported here before it is set up, on whichever machine."""

from typing import Any

from claims.management.processes import prepare_work


class Annotator:
    """Does a shard after the other, with the model that it loads once."""

    def __init__(self, pickled: bytes):
        self.do = prepare_work(pickled)

    def __call__(self, batch: dict[str, Any]) -> dict[str, Any]:
        from claims.intake.annotating import Shard

        (done,) = self.do(Shard(str(batch["source"][0]), str(batch["target"][0])))
        return {
            **batch,
            "documents": [done.documents],
            "quotes": [done.quotes],
            "refused": [done.refused],
            "was_done": [done.was_done],
        }
