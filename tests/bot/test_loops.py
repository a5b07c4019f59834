import asyncio

import pytest

from bot.loops import Loop


async def over(task: asyncio.Task[None]) -> None:
    await asyncio.wait_for(task, timeout=10)


async def test_it_goes_on_while_there_is_something_to_do():
    stop, left = asyncio.Event(), [3, 2, 1]

    async def work() -> int:
        if not left:
            stop.set()
            return 0
        return left.pop()

    await over(asyncio.create_task(Loop("test", work, poll_seconds=3600).run(stop)))

    assert left == []


async def test_it_sleeps_until_it_is_woken():
    stop, slept, rounds = asyncio.Event(), asyncio.Event(), []

    async def work() -> int:
        rounds.append(1)
        slept.set()
        return 0

    loop = Loop("test", work, poll_seconds=3600)
    task = asyncio.create_task(loop.run(stop))
    await slept.wait()
    slept.clear()
    loop.wake()
    await slept.wait()
    stop.set()
    await over(task)

    assert len(rounds) == 2


async def test_what_fails_is_tried_again():
    stop, rounds = asyncio.Event(), []

    async def work() -> int:
        rounds.append(1)
        if len(rounds) == 1:
            raise OSError("the disk is away")
        stop.set()
        return 0

    await over(asyncio.create_task(Loop("test", work, poll_seconds=0.01).run(stop)))

    assert len(rounds) == 2


async def test_a_cancelled_loop_leaves_no_task_behind():
    started = asyncio.Event()

    async def work() -> int:
        started.set()
        return 0

    task = asyncio.create_task(Loop("test", work, poll_seconds=3600).run(asyncio.Event()))
    await started.wait()
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert asyncio.all_tasks() == {asyncio.current_task()}
