"""Work of several processes: answers come in order, of a process that is lost too, and none outlives the one that began it."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import time
from multiprocessing import parent_process
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.errors import Hindered
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Obstacle
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.errors import StoreTrouble
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.hands import Hands
from loyalty_cli.operations.hands import that_travels

if TYPE_CHECKING:
    from collections.abc import Iterator

BEGINS_AND_WAITS = """
import os, time
from loyalty_cli.operations.hands import Hands

def work(part):
    print(os.getpid(), flush=True)
    time.sleep(300)

if __name__ == "__main__":
    with Hands(2) as hands:
        list(hands.in_turn(work, range(2)))
"""


def squared(number: int) -> int:
    return number * number


def squared_or_lost(number: int) -> int:
    """The seventh part ends the process that works at it, as a lack of memory does."""
    if number == 7 and parent_process() is not None:
        os._exit(9)
    return number * number


def test_answers_come_in_order_from_few_parts_made_ahead() -> None:
    made = []

    def parts() -> Iterator[int]:
        for number in range(30):
            made.append(number)
            yield number

    with Hands(2) as hands:
        answers = hands.in_turn(squared, parts())
        assert next(answers) == 0
        # Two processes with three parts each, and the one that was asked for.
        assert made == list(range(7))
        assert list(answers) == [number * number for number in range(1, 30)]


def test_what_a_lost_process_had_to_do_is_done_here() -> None:
    with Hands(2) as hands:
        assert list(hands.in_turn(squared_or_lost, range(20))) == [number * number for number in range(20)]


def long_or_lost_within(number: int) -> bytes:
    """An answer longer than any pipe holds; the third one ends its process when half of it is told, as a lack of memory may."""
    answer = bytes([number]) * 1_000_000
    if number == 2 and parent_process() is not None:

        def half_told(self: Any, told: memoryview, write: Any = os.write) -> None:
            write(self.fileno(), told[: len(told) // 2])
            os._exit(9)

        Connection._send = half_told  # type: ignore[attr-defined]
    return answer


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of POSIX")
def test_what_a_process_had_told_by_half_is_done_here() -> None:
    with Hands(2) as hands:
        assert list(hands.in_turn(long_or_lost_within, range(12))) == [bytes([number]) * 1_000_000 for number in range(12)]
        assert len(hands.others or ()) == 1


def test_answers_that_nobody_waited_for_are_not_taken_for_others() -> None:
    with Hands(2) as hands:
        given_up = hands.in_turn(squared, range(20))
        assert [next(given_up), next(given_up)] == [0, 1]
        given_up.close()  # type: ignore[attr-defined]
        assert list(hands.in_turn(squared, range(100, 110))) == [number * number for number in range(100, 110)]


class Baffling:
    """A number that no other process understands."""

    def __init__(self, number: int) -> None:
        self.number = number

    def __reduce__(self) -> tuple[object, ...]:
        return baffled, (self.number,)


def baffled(number: int) -> Baffling:
    if parent_process() is not None:
        raise ValueError(number)
    return Baffling(number)


def squared_too(part: int | Baffling) -> int:
    return part * part if isinstance(part, int) else part.number * part.number


def test_what_a_process_does_not_understand_is_done_here() -> None:
    parts = [Baffling(number) if number == 3 else number for number in range(8)]
    with Hands(2) as hands:
        assert list(hands.in_turn(squared_too, parts)) == [number * number for number in range(8)]


def refusing(number: int) -> int:
    if number == 3:
        raise Refused("{name} is used.", name="AB12")
    return number


def test_a_failure_is_told_where_its_answer_was_waited_for() -> None:
    with Hands(2) as hands:
        answers = hands.in_turn(refusing, range(6))
        assert [next(answers) for _ in range(3)] == [0, 1, 2]
        with pytest.raises(Refused, match="AB12 is used"):
            next(answers)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_process_ends_with_the_one_that_began_it(tmp_path: Path) -> None:
    script = tmp_path / "begins.py"
    script.write_text(BEGINS_AND_WAITS, encoding="utf-8")
    here = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    began = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True, env=here)
    assert began.stdout is not None
    hand = int(began.stdout.readline())
    began.send_signal(signal.SIGKILL)
    began.wait()
    for _ in range(100):
        if not is_there(hand):
            break
        time.sleep(0.1)
    assert not is_there(hand)
    began.stdout.close()


def is_there(process: int) -> bool:
    """Whether a process runs (one that ended and that nobody has asked for does not)."""
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_where_no_process_can_be_started_all_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object, **__: object) -> object:
        raise OSError("Resource temporarily unavailable")

    monkeypatch.setattr("multiprocessing.context.SpawnProcess.start", none)
    with Hands(2) as hands:
        assert list(hands.in_turn(squared, range(4))) == [0, 1, 4, 9]


@pytest.mark.parametrize(
    "error",
    [
        StoreTrouble(ExitCode.DAMAGED, "{file} is damaged.", file="loyalty.db", hint=phrase("Restore it: loyalty restore BACKUP")),
        Refused("{name} is used.", name="AB12"),
        Hindered("Not yet.", [Obstacle(phrase("2 conflicts are open."))]),
    ],
    ids=lambda error: type(error).__name__,
)
def test_an_error_travels_with_its_words_its_code_and_its_hint(error: LoyaltyError) -> None:
    there = that_travels(error)
    back = pickle.loads(pickle.dumps(error))  # noqa: S301 -- made in this line
    assert there is error
    assert type(back) is type(error)
    assert (back.phrase, back.hint, back.exit_code, str(back)) == (error.phrase, error.hint, error.exit_code, str(error))
    assert vars(back) == vars(error)
