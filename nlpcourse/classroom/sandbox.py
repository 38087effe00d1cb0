"""A place where a stranger's code may do what it likes: bubblewrap, a filter of system calls, and limits.

What the code finds inside: Python with the course's packages and samples, read-only; an empty machine around it, with no
network, no other process, no user, no home; a copy of its own folder; two small places in memory to write to.
It cannot start a second process. That is why limits of one process (memory, time, size of files) are limits of all.

Source of the means: bubblewrap's manual, bwrap(1); seccomp(2) and setrlimit(2) of Linux.
"""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import psutil

from nlpcourse.authoring.project import UsageError
from nlpcourse.classroom import wire
from nlpcourse.data import data_root

PACKAGE = Path(__file__).parents[1]
# System calls that no exercise needs: second processes, other namespaces, other processes, doors into the kernel.
REFUSED = (
    *(
        "fork",
        "vfork",
        "unshare",
        "setns",
        "ptrace",
        "process_vm_readv",
        "process_vm_writev",
        "mount",
        "umount2",
    ),
    *("pivot_root", "chroot", "add_key", "request_key", "keyctl", "bpf", "perf_event_open", "userfaultfd"),
    *("io_uring_setup", "io_uring_enter", "io_uring_register", "open_by_handle_at", "name_to_handle_at"),
    # Memory that no limit of a process counts.
    *(
        "memfd_create",
        "memfd_secret",
        "shmget",
        "shmat",
        "msgget",
        "semget",
        "mq_open",
        "pidfd_getfd",
        "listen",
    ),
    *("splice", "vmsplice", "tee"),
)
WRITABLE = ("/tmp", "/home/student", "/dev/shm")
MAX_THREADS = 300
MAX_FILES = 20_000
START_SECONDS = 60.0
# Longer than the alarm inside, which lets the session live on: this one ends it.
GRACE_SECONDS = 3.0


@dataclass(frozen=True)
class Limits:
    """What one submission may use.

    Attributes:
        cell_seconds: for one cell, and for all that one test asks.
        total_seconds: for the whole submission.
        memory_mb: of its process.
        disk_mb: for all files it writes; they lie in memory.
    """

    cell_seconds: float = 20
    total_seconds: float = 180
    memory_mb: int = 3000
    disk_mb: int = 200


class Died(BaseException):
    """The session inside is gone; the text says why.

    Not an `Exception`: a test that expects one from a student's function must not take this for it.
    """


class Sandbox:
    """One session of student code, from start to `close`. Use it as a context manager."""

    def __init__(self, folder: Path, limits: Limits, *, unsandboxed: bool = False):
        """Start it, and wait until it can be asked.

        Args:
            folder: what the student handed in; the session works on a copy.
            limits: see `Limits`.
            unsandboxed: run the code as an ordinary process, with this user's rights: only the limits hold.

        Raises:
            UsageError: bubblewrap is missing or does not work here.
            Died: the session did not start.
        """
        self.limits = limits
        begin = time.monotonic()
        self.start_seconds = self.session_seconds = self._watched = 0.0
        self._work = tempfile.TemporaryDirectory(dir=folder.parent) if unsandboxed else None
        orders = {
            "folder": str(folder) if unsandboxed else "/submission",
            "memory_bytes": limits.memory_mb * 2**20,
            "disk_bytes": limits.disk_mb * 2**20,
            "cpu_seconds": int(2 * limits.total_seconds) + 10,
        }
        command = [sys.executable, "-m", "nlpcourse.classroom._inside", json.dumps(orders)]
        with tempfile.TemporaryFile() as rules:
            if not unsandboxed:
                _write_filter(rules)
                command = [*_bubblewrap(folder, limits, rules.fileno()), *command]
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                pass_fds=[] if unsandboxed else [rules.fileno()],
                cwd=self._work.name if self._work else None,
                env=_environment(Path(self._work.name)) if self._work else {"PATH": os.environ["PATH"]},
                start_new_session=True,
            )
        self._requests, self._answers = self._process.stdin.fileno(), self._process.stdout.fileno()
        os.set_blocking(self._requests, False)
        try:
            self._receive(START_SECONDS)
            self.start_seconds = time.monotonic() - begin
            self._receive(START_SECONDS)
            self.session_seconds = time.monotonic() - begin - self.start_seconds
        except Died as error:
            self.close()
            raise Died(f"the sandbox did not start: {error}") from None

    def ask(self, do: str, *, seconds: float | None = None, **details: Any) -> dict[str, Any]:
        """Have the session do something.

        Args:
            do: `run` a cell (source), `look` at a name (name), or `call` a function (name, arguments, named).
            seconds: how long it may take (default: the limit of a cell).
            details: see `do`.

        Returns:
            What student code makes of it, and so nothing that can be relied on: `_inside.py` shows what it should be.

        Raises:
            Died: it took too long or too much, and had to be ended.
            wire.WireError: `details` hold what cannot pass.
        """
        seconds = self.limits.cell_seconds if seconds is None else seconds
        try:
            request = {"do": do, "seconds": seconds, **details}
            wire.send(self._requests, request, seconds + GRACE_SECONDS, watch=self._watch)
        except TimeoutError:
            self.close()
            raise Died(f"no answer within {seconds:g} seconds") from None
        except wire.Closed:
            raise Died(self._end()) from None
        answer = self._receive(seconds + GRACE_SECONDS, said=seconds)
        if not isinstance(answer, dict):
            self.close()
            raise Died("it sent something that is no answer")
        return answer

    def _receive(self, seconds: float, said: float | None = None) -> Any:
        try:
            return wire.receive(self._answers, seconds, watch=self._watch)
        except TimeoutError:
            self.close()
            raise Died(f"no answer within {said or seconds:g} seconds") from None
        except wire.Closed:
            raise Died(self._end()) from None
        except wire.WireError as error:
            self.close()
            raise Died(f"it sent {error}") from None

    def _watch(self) -> None:
        """What a process can take without passing a limit of its own: memory in all, threads, empty files."""
        if time.monotonic() - self._watched < 0.25:
            return
        self._watched = time.monotonic()
        try:
            process = self._family()[-1]
            memory, threads = process.memory_info().rss, process.num_threads()
        except psutil.Error:
            memory, threads = 0, 0
        files = 0
        if self.start_seconds and not self._work:  # inside by now: before, this would be our own root
            inside = Path(f"/proc/{process.pid}", "root")
            with contextlib.suppress(OSError):  # where the kernel does not let us look
                for place in WRITABLE:
                    found = os.statvfs(inside / place[1:])
                    files += found.f_files - found.f_ffree
        if self.start_seconds and not memory and self._process.poll() is None:
            # The first thread has ended and others go on: then nothing can be seen from here any more.
            self.close()
            raise Died("it hid from being watched")
        for amount, most, what in (
            (memory, 1.5 * self.limits.memory_mb * 2**20, f"more than {self.limits.memory_mb} MB of memory"),
            (threads, MAX_THREADS, f"more than {MAX_THREADS} threads"),
            (files, MAX_FILES, f"more than {MAX_FILES:,} files"),
        ):
            if amount > most:
                self.close()
                raise Died(f"it used {what}")

    def _family(self) -> list[psutil.Process]:
        """Our child, and what it started; the session is the last."""
        first = psutil.Process(self._process.pid)
        return [first, *first.children(recursive=True)]

    def _end(self) -> str:
        """Why the session ended by itself."""
        self.close()
        # Not the exit code itself: student code chooses it, and could say with it what a hidden test has asked.
        if self._process.returncode in (-9, 137):
            return "it was killed, or used too much memory"
        if self._process.returncode in (-24, 152):
            return "it used too much processor time"
        return "it ended itself"

    def close(self) -> None:
        """End the session with all it started, and forget what it wrote."""
        if self._process.poll() is None:
            family = []
            with contextlib.suppress(psutil.Error):
                family = self._family()
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            for process in family:
                with contextlib.suppress(psutil.Error):
                    process.kill()
        self._process.wait()
        self._process.stdin.close()
        self._process.stdout.close()
        if self._work:
            self._work.cleanup()

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def require_bubblewrap() -> None:
    """Make sure that the sandbox works on this machine.

    Raises:
        UsageError: it does not; the text says what to install or to change.
    """
    why = "student code could read this machine, the gradebook and the hidden tests, and change them"
    if shutil.which("bwrap") is None:
        raise UsageError(
            "bubblewrap is missing, which keeps student code away from everything else. Install it (on Debian and "
            f"Ubuntu: apt-get install bubblewrap), or pass --unsandboxed and accept that {why}."
        )
    try:
        import pyseccomp  # noqa: F401
    except (ImportError, RuntimeError) as error:
        raise UsageError(
            f"The filter of system calls cannot be made ({error}). Install the package with its extra [classroom] "
            "and the library libseccomp2, or pass --unsandboxed."
        ) from None
    with tempfile.TemporaryDirectory() as empty:
        try:
            Sandbox(Path(empty), Limits()).close()
        except Died as error:
            told = subprocess.run(
                ["bwrap", "--unshare-all", "--as-pid-1", "--ro-bind", "/", "/", "true"],
                capture_output=True,
                text=True,
            )
            raise UsageError(
                f"bubblewrap is installed but does not work here: {told.stderr.strip() or error}. Ubuntu 24.04 allows it "
                "after `sysctl -w kernel.apparmor_restrict_unprivileged_userns=0`; a container needs the right to make "
                f"namespaces. With --unsandboxed, {why}."
            ) from None


def _environment(home: Path) -> dict[str, str]:
    """What a session finds in its environment: the samples, no network, one thread."""
    return {
        "HOME": str(home),
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "TMPDIR": str(home),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "HF_HUB_OFFLINE": "1",
        "HF_DATASETS_OFFLINE": "1",
        "NLPCOURSE_OFFLINE": "1",
        "NLPCOURSE_SOURCE": "sample",
        "NLPCOURSE_PROFILE": "fast",
        "NLPCOURSE_CACHE": f"{home}/cache",
        "HF_HOME": f"{home}/huggingface",
        "OMP_NUM_THREADS": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        # The session's folder must not come first where modules are looked for: it is the student's.
        "PYTHONSAFEPATH": "1",
    }


def _bubblewrap(folder: Path, limits: Limits, rules: int) -> list[str]:
    """The command line in front of the program."""
    size = ["--size", str(limits.disk_mb * 2**20)]
    command = [
        "bwrap",
        "--unshare-all",
        "--as-pid-1",  # else there would be another process, whose memory student code could write to
        "--unshare-user",
        "--disable-userns",
        "--die-with-parent",
        "--new-session",
    ]
    command += ["--uid", "1000", "--gid", "1000", "--hostname", "sandbox", "--cap-drop", "ALL", "--clearenv"]
    for name, value in _environment(Path("/home/student")).items():
        command += ["--setenv", name, value]
    command += ["--proc", "/proc", "--tmpfs", "/dev"]
    for device in (
        "/dev/null",
        "/dev/urandom",
        "/dev/random",
    ):  # not zero: mapped, it is memory that no limit counts
        command += ["--dev-bind", device, device]
    # Before what is bound: the course itself may lie in one of these places.
    for place in WRITABLE:
        command += [*size, "--tmpfs", place]
    for path in _readable():
        if path.is_symlink() and path.parent == Path("/"):  # /lib -> usr/lib
            command += ["--symlink", str(path.readlink()), str(path)]
        else:
            command += ["--ro-bind", str(path), str(path)]
    command += ["--ro-bind", str(folder), "/submission"]
    if fonts := _font_list():
        command += ["--ro-bind", str(fonts), f"/home/student/.cache/matplotlib/{fonts.name}"]
    # What bubblewrap itself mounts is writable memory without a limit.
    command += [
        "--remount-ro",
        "/dev",
        "--remount-ro",
        "/",
        "--chdir",
        "/home/student",
        "--seccomp",
        str(rules),
    ]
    return command


def _readable() -> list[Path]:
    """Python, its packages, and the libraries under it; of the course only the package and its samples."""
    system = [
        Path(name) for name in ("/usr", "/bin", "/lib", "/lib64", "/lib32", "/etc/ld.so.cache", "/etc/fonts")
    ]
    python = [Path(sys.base_prefix), Path(sys.prefix), *map(Path, set(sysconfig.get_paths().values()))]
    found: list[Path] = []
    for path in [*system, *python, PACKAGE, data_root()]:
        path = path if path.parent == Path("/") else path.resolve()
        if path.exists() and not any(path.is_relative_to(known) for known in found):
            found.append(path)
    return found


def _font_list() -> Path | None:
    """Matplotlib's list of the fonts on this machine, which takes seconds to make anew."""
    import matplotlib
    from matplotlib import font_manager

    path = Path(matplotlib.get_cachedir()) / f"fontlist-v{font_manager.FontManager.__version__}.json"
    return path if path.is_file() else None


def _write_filter(file: IO[bytes]) -> None:
    """A filter of system calls, as a program for the kernel: see REFUSED."""
    import errno

    from pyseccomp import ALLOW, EQ, ERRNO, GT, MASKED_EQ, Arg, SyscallFilter

    thread, shared_anonymous, grows_down, death_signal, last_family = 0x00010000, 0x21, 0x100, 1, 10
    rules = SyscallFilter(ALLOW)
    # A thread is allowed, a process is not. The flags of clone3 lie in memory, where a filter cannot look: without it,
    # the C library falls back on clone.
    rules.add_rule(ERRNO(errno.ENOSYS), "clone3")
    rules.add_rule(ERRNO(errno.EPERM), "clone", Arg(0, MASKED_EQ, thread, 0))
    rules.add_rule(ERRNO(errno.EPERM), "mmap", Arg(3, MASKED_EQ, shared_anonymous, shared_anonymous))
    rules.add_rule(ERRNO(errno.EPERM), "mmap", Arg(3, MASKED_EQ, grows_down, grows_down))
    # The session must end when bubblewrap does.
    rules.add_rule(ERRNO(errno.EPERM), "prctl", Arg(0, EQ, death_signal))
    # Unix and internet sockets lead nowhere here. Others, such as those to a virtual machine's host, might.
    rules.add_rule(ERRNO(errno.EPERM), "socket", Arg(0, GT, last_family))
    for name in REFUSED:
        rules.add_rule(ERRNO(errno.EPERM), name)
    rules.export_bpf(file)
    file.seek(0)
