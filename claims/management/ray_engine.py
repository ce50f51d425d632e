"""Has shards annotated by Ray Data: on a cluster, or on this machine where there is none.

A shard is a row, and an actor of Ray does one after the other with the model that it loaded once.
Shards have to stand where every machine of the cluster finds them.
"""

import os
import pickle
from collections.abc import Iterator

from claims.intake.annotating import DoneShard, Shard, ShardRefused
from claims.management.bulk import AnnotateWork
from claims.management.ray_actor import Annotator

MODULE_OF_SETTINGS = "DJANGO_SETTINGS_MODULE"


def annotate_with_ray(shards: list[Shard], number: int, *, undated: bool) -> Iterator[DoneShard]:
    """Yield the shards as so many actors have done them. Raises `ShardRefused` without Ray."""
    try:
        import ray
        import ray.data
    except ImportError:
        raise ShardRefused("Ray is not installed: pip install newsroom-quotes[ray]") from None
    environment = {MODULE_OF_SETTINGS: os.environ[MODULE_OF_SETTINGS]}
    ray.init(ignore_reinit_error=True, runtime_env={"env_vars": environment}, log_to_driver=False)
    rows = [{"source": shard.source, "target": shard.target} for shard in shards]
    done = ray.data.from_items(rows, override_num_blocks=max(len(rows), 1)).map_batches(
        Annotator,
        fn_constructor_args=(pickle.dumps(AnnotateWork(1, undated)),),
        batch_size=1,
        concurrency=number,
        num_cpus=1,
    )
    for row in done.iter_rows():
        shard = Shard(row["source"], row["target"])
        yield DoneShard(
            shard, row["documents"], row["quotes"], row["refused"], bool(row["was_done"])
        )
