"""A forked command whose writing calls are stopped by the kernel: each can be told, failed, or be the last one.

By ptrace and a seccomp filter through ctypes, so that no compiler and no strace is needed and a run costs little more
than the command's own work: the caller has everything imported, and each run is a fork of it. Linux on x86-64 only.
"""

from __future__ import annotations

import ctypes
import gc
import os
import platform
import signal
import struct
import sys
import tempfile
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from typing import NoReturn
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

POSSIBLE = sys.platform == "linux" and platform.machine() == "x86_64"
WHY_NOT = "only Linux on x86-64 lets a call be stopped before it happens"

# The calls by which something gets to the disk or over the network, by their numbers (arch/x86/entry/syscalls/syscall_64.tbl).
CALLS = {
    1: "write", 18: "pwrite64", 20: "writev", 40: "sendfile", 44: "sendto", 74: "fsync", 75: "fdatasync", 76: "truncate",
    77: "ftruncate", 82: "rename", 83: "mkdir", 84: "rmdir", 87: "unlink", 258: "mkdirat", 263: "unlinkat",
    264: "renameat", 285: "fallocate", 316: "renameat2", 326: "copy_file_range",
}  # fmt: skip
# Opening counts where it makes a file or empties one.
OPENAT, MAKES_OR_EMPTIES = 257, os.O_CREAT | os.O_TRUNC
# The calls for which a disk has to have room.
NEEDS_ROOM = {"write", "pwrite64", "writev", "sendfile", "fallocate", "copy_file_range", "openat", "mkdir", "mkdirat"}

TRACEME, CONT, KILL, GETREGS, SETREGS, SETOPTIONS, GETEVENTMSG = 0, 7, 8, 12, 13, 0x4200, 0x4201
# TRACEFORK, TRACEVFORK, TRACECLONE, TRACESECCOMP, EXITKILL
OPTIONS = 0x2 | 0x4 | 0x8 | 0x80 | 0x100000
EVENT_SECCOMP = 7
WALL = 0x40000000
REGISTERS = struct.Struct("27Q")
RAX, RDX, RSI, RDI, ORIG_RAX, R10 = 10, 12, 13, 14, 15, 7


class Call(NamedTuple):
    """A call before it happens: its name, how many there were with it, the process, and its arguments."""

    name: str
    number: int
    process: int
    arguments: tuple[int, int, int, int]

    def path_of(self, place: int) -> str:
        """The file of a descriptor, or the path that an argument points to."""
        try:
            return str(Path(f"/proc/{self.process}/fd/{self.arguments[place]}").readlink())
        except OSError:
            return ""

    def content(self) -> bytes:
        """The bytes that are to be written."""
        with Path(f"/proc/{self.process}/mem").open("rb", buffering=0) as memory:
            memory.seek(self.arguments[1])
            return memory.read(self.arguments[2])

    def text(self, place: int) -> str:
        """The text that an argument points to."""
        with Path(f"/proc/{self.process}/mem").open("rb", buffering=0) as memory:
            memory.seek(self.arguments[place])
            return memory.read(4096).partition(b"\0")[0].decode()

    def position(self) -> int:
        """Where a write goes: what pwrite says, or where the descriptor stands."""
        if self.name == "pwrite64":
            return self.arguments[3]
        told = Path(f"/proc/{self.process}/fdinfo/{self.arguments[0]}").read_text(encoding="ascii")
        place, flags = (line.split()[1] for line in told.splitlines()[:2])
        append = int(flags, 8) & os.O_APPEND
        return Path(f"/proc/{self.process}/fd/{self.arguments[0]}").stat().st_size if append else int(place)


# What is answered of a call: None lets it be, a number is the error it ends with, KILLED ends the process before it.
KILLED = -1


@dataclass(frozen=True, slots=True)
class Ran:
    """How a run ended: its exit code (137 if it was killed), what it said, and how many calls there were."""

    code: int
    out: str
    err: str
    calls: int


def run(work: Callable[[], object], judge: Callable[[Call], int | None] | None = None) -> Ran:
    """Do some work in a fork of this process; with a judge, each of its writing calls is asked about first."""
    begun = Begun(work, traced=judge is not None)
    return begun.ended(*watched(begun.process, judge)) if judge is not None else begun.waited()


def at_once(works: Sequence[Callable[[], object]]) -> list[Ran]:
    """Do several pieces of work, each in a fork of its own, all at the same time."""
    return [begun.waited() for begun in [Begun(work) for work in works]]


class Begun:
    """Some work that a fork of this process does, and what it says."""

    def __init__(self, work: Callable[[], object], *, traced: bool = False) -> None:
        self.out, self.err = tempfile.TemporaryFile(), tempfile.TemporaryFile()  # noqa: SIM115 -- closed when it ends
        with warnings.catch_warnings():
            # Newer Pythons warn where there are threads; pytest's own do not matter to the fork.
            warnings.simplefilter("ignore", DeprecationWarning)
            self.process = os.fork()
        if not self.process:
            child(work, self.out.fileno(), self.err.fileno(), traced=traced)

    def waited(self) -> Ran:
        """How it ends."""
        return self.ended(os.waitpid(self.process, 0)[1], 0)

    def ended(self, status: int, calls: int) -> Ran:
        """How it ended, by the status that the system gives."""
        texts = []
        for file in (self.out, self.err):
            file.seek(0)
            texts.append(file.read().decode(errors="replace"))
            file.close()
        killed = os.WIFSIGNALED(status)
        return Ran(128 + os.WTERMSIG(status) if killed else os.WEXITSTATUS(status), texts[0], texts[1], calls)


def child(work: Callable[[], object], out: int, err: int, *, traced: bool) -> NoReturn:
    """The forked process: never returns."""
    code = 1
    try:
        gc.freeze()
        os.setpgid(0, 0)
        os.dup2(out, 1)
        os.dup2(err, 2)
        sys.stdout = os.fdopen(1, "w", closefd=False)
        sys.stderr = os.fdopen(2, "w", closefd=False)
        if traced:
            ask_to_be_traced()
        try:
            work()
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
        # As Python does at its end: what can not be written any more is an exit code of its own.
        try:
            sys.stdout.flush()
        except (OSError, ValueError):
            code = 120
    except BaseException:  # noqa: BLE001 -- a fork must never come back
        import traceback

        traceback.print_exc()
        code = 1
    finally:
        try:
            sys.stderr.flush()
        finally:
            os._exit(code)


def ask_to_be_traced() -> None:
    """Stop here until the parent watches, then let the kernel stop every writing call."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.ptrace(TRACEME, 0, 0, 0)
    os.kill(os.getpid(), signal.SIGSTOP)
    program = filter_of(sorted(CALLS))
    code = ctypes.create_string_buffer(program, len(program))
    described = ctypes.create_string_buffer(struct.pack("HxxxxxxQ", len(program) // 8, ctypes.addressof(code)))
    libc.prctl(38, 1, 0, 0, 0)  # PR_SET_NO_NEW_PRIVS, without which only root may filter
    if libc.prctl(22, 2, described, 0, 0):  # PR_SET_SECCOMP, SECCOMP_MODE_FILTER
        raise OSError(ctypes.get_errno(), "no filter for system calls")


def filter_of(numbers: list[int]) -> bytes:
    """The filter's program: trace these calls, and openat where it makes or empties; allow the rest."""
    load, equal, any_bit, answer = 0x20, 0x15, 0x45, 0x06
    allow, trace = 0x7FFF0000, 0x7FF00000
    count = len(numbers)
    lines = [(load, 0, 0, 0)]
    lines += [(equal, count - place + 3, 0, number) for place, number in enumerate(numbers)]
    lines += [(equal, 0, 2, OPENAT), (load, 0, 0, 32), (any_bit, 1, 0, MAKES_OR_EMPTIES)]
    lines += [(answer, 0, 0, allow), (answer, 0, 0, trace)]
    return b"".join(struct.pack("HBBI", *line) for line in lines)


def watched(process: int, judge: Callable[[Call], int | None]) -> tuple[int, int]:
    """Follow a process to its end: its status, and how many calls it made."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
    os.waitpid(process, 0)
    libc.ptrace(SETOPTIONS, process, None, OPTIONS)
    libc.ptrace(CONT, process, None, None)
    calls = 0
    registers = ctypes.create_string_buffer(REGISTERS.size)
    while True:
        # A process of its own group: nobody else's child is taken away.
        stopped, status = os.waitpid(-process, WALL)
        if not os.WIFSTOPPED(status):
            if stopped == process:
                return status, calls
            continue
        passed_on = 0
        if status >> 8 == signal.SIGTRAP | EVENT_SECCOMP << 8:
            calls += 1
            libc.ptrace(GETREGS, stopped, None, registers)
            values = list(REGISTERS.unpack(registers.raw))
            name = CALLS.get(values[ORIG_RAX], "openat")
            arguments = (values[RDI], values[RSI], values[RDX], values[R10])
            verdict = judge(Call(name, calls, stopped, arguments))
            if verdict == KILLED:
                os.killpg(process, signal.SIGKILL)
            elif verdict is not None:
                values[ORIG_RAX] = 2**64 - 1  # no such call, and this is its answer
                values[RAX] = 2**64 - verdict
                libc.ptrace(SETREGS, stopped, None, REGISTERS.pack(*values))
        elif os.WSTOPSIG(status) not in {signal.SIGTRAP, signal.SIGSTOP}:
            passed_on = os.WSTOPSIG(status)
        libc.ptrace(CONT, stopped, None, passed_on)
