"""How often the sweeper acted, counted in Valkey: a flush begins anew, and an absence of Valkey loses a count."""

import logging

from django_redis import get_redis_connection
from redis.exceptions import RedisError

log = logging.getLogger(__name__)
SWEPT = "avatarg:swept"
ACTIONS = ("returned", "given_up", "rung")


def count_swept(**actions: int) -> None:
    if not any(actions.values()):
        return
    try:
        with get_redis_connection("default").pipeline(transaction=False) as pipe:
            for action, times in actions.items():
                pipe.hincrby(SWEPT, action, times)
            pipe.execute()
    except RedisError as error:
        log.warning("The sweeper's actions were not counted: %s", type(error).__name__)


def swept() -> dict[str, int]:
    """By action, since Valkey began to count; nothing while it is away."""
    try:
        found = get_redis_connection("default").hgetall(SWEPT)
    except RedisError:
        return {}
    return {action: int(found.get(action.encode(), 0)) for action in ACTIONS}
