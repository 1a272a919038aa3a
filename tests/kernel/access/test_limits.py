from uuid import uuid4

from aperto.kernel.access.limits import Buckets


def test_bucket_gives_a_minutes_requests_and_then_says_when() -> None:
    buckets, key = Buckets(), uuid4()

    given = [buckets.take(key, 60, now=100.0) for _ in range(61)]

    assert all(one.allowed for one in given[:60])
    assert not given[60].allowed
    assert given[60].retry_after == 1


def test_bucket_refills_steadily() -> None:
    buckets, key = Buckets(), uuid4()
    for _ in range(60):
        buckets.take(key, 60, now=100.0)

    later = [buckets.take(key, 60, now=110.0).allowed for _ in range(11)]

    assert later == [True] * 10 + [False]


def test_buckets_do_not_share() -> None:
    buckets = Buckets()
    greedy, modest = uuid4(), uuid4()
    for _ in range(5):
        buckets.take(greedy, 2, now=1.0)

    assert buckets.take(modest, 2, now=1.0).remaining == 1
