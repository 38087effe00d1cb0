"""Run every chapter as a reader would, two at a time, and keep only what really ran.

One child process per notebook holds papermill; its kernel starts in an empty folder, as on Colab. The runner watches
time and memory, so a notebook that hangs, dies or eats the machine fails alone. An executed copy carries a hash of all
it depends on, and is made again only when that hash changes.

The kernels run in the runner's own Python, or in the one that NLPCOURSE_PYTHON names: there the package must be an
installed copy, such as a learner has, and nothing of the checkout can be imported.
"""

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import nbformat
import psutil
from tqdm import tqdm

import nlpcourse
from nlpcourse._records import MIME
from nlpcourse.authoring import report as reports
from nlpcourse.authoring.project import UsageError, chapters, write_atomic

PACKAGE = Path(nlpcourse.__file__).parent
WIDGET = "application/vnd.jupyter.widget-view+json"
# What a notebook is expected to take before anybody has measured it: the aim of the fast profile.
EXPECTED_SECONDS = 45.0
# How long to go on ending processes that do not end, such as one that waits for a broken disk.
STOPPING_SECONDS = 5.0


@dataclass(frozen=True)
class Options:
    """How to run: limits in seconds; `out` holds executed/, failed/ and report.json."""

    out: Path
    profile: str = "auto"
    source: str = "auto"
    workers: int = 2
    cell_timeout: int = 600
    notebook_timeout: int = 1200
    force: bool = False
    # The Python of the kernels; empty: the runner's own.
    python: str = field(default_factory=lambda: os.environ.get("NLPCOURSE_PYTHON", ""))


@dataclass(frozen=True)
class Interpreter:
    """The Python that the kernels run in.

    Attributes:
        executable: its program.
        prefix: the folder of its environment.
        package: the folder of the copy of `nlpcourse` that notebooks import there.
        versions: of Python, and for another Python than the runner's of every package in it.
        own: whether it is the runner's.
    """

    executable: str
    prefix: str
    package: Path
    versions: tuple[str, ...]
    own: bool


def run(root: Path, names: list[str], options: Options) -> int:
    """Run the chapters called `names` (all when empty); see `Options`.

    Returns:
        0 when every notebook is well, 1 when one failed, 128 + the signal's number when interrupted.

    Raises:
        UsageError: a name that fits no notebook, a report that cannot be read, or a Python that cannot run notebooks.
    """
    notebooks = chapters(root, names)
    interpreter = find_interpreter(options.python, root)
    report_path = options.out / "report.json"
    report = reports.load(report_path)
    _forget_removed_chapters(root, options.out, report)

    basis = _shared_inputs(root, options, interpreter)
    texts = {path.stem: path.read_bytes() for path in notebooks}
    hashes = {name: _digest(basis, text) for name, text in texts.items()}
    todo = [
        name for name in texts if options.force or not _up_to_date(options.out, report, name, hashes[name])
    ]
    if fresh := len(texts) - len(todo):
        print(f"{fresh} up to date", flush=True)
    took = {name: entry["seconds"] for name, entry in report["notebooks"].items()}
    jobs = {name: texts[name] for name in longest_first(todo, took)}

    failed = []
    with _signals_noted() as signals, _Workers(jobs, options, took, interpreter) as workers:
        for job in workers.finished(signals):
            outcome = _settle(job, root, options, hashes[job.name], report)
            reports.save(report_path, report)
            with tqdm.external_write_mode():
                print(outcome, flush=True)
            if report["notebooks"][job.name]["status"] != "ok":
                failed.append(job.name)
    if signals:
        print("Interrupted: every kernel is stopped; notebooks that had finished are kept.", file=sys.stderr)
        return 128 + signals[0]
    # A report without a single run is written too: the book's appendix says so instead of missing it.
    reports.save(report_path, report)
    if failed:
        print(f"{len(failed)} of {len(texts)} failed: {', '.join(sorted(failed))}", file=sys.stderr)
    return 1 if failed else 0


def longest_first(names: list[str], seconds: dict[str, float]) -> list[str]:
    """The order to start in: else the longest would end up running alone. An unknown one may be the longest."""
    return sorted(names, key=lambda name: -seconds.get(name, float("inf")))


# --- the Python of the kernels ----------------------------------------------------------------------------------

# What another Python is asked, with the environment and in a folder like its kernels'.
_QUESTION = """
import json, platform, sys
from importlib import metadata, util
package, kernel = util.find_spec("nlpcourse"), util.find_spec("ipykernel")
print(json.dumps({
    "prefix": sys.prefix,
    "package": package and package.submodule_search_locations[0],
    "kernel": kernel is not None,
    "versions": ["python==" + platform.python_version()]
    + sorted(f"{part.name}=={part.version}" for part in metadata.distributions()),
}))
"""


def find_interpreter(python: str, root: Path) -> Interpreter:
    """The Python that kernels run in: the runner's own for an empty `python`, else that program.

    Raises:
        UsageError: it does not start, lacks ipykernel or `nlpcourse`, or imports the package from the checkout `root`.
    """
    if not python:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        return Interpreter(sys.executable, sys.prefix, PACKAGE, (version,), own=True)
    # Not resolved: the program of a virtual environment is a link to one outside it.
    executable = str(Path(python).expanduser().absolute())
    with tempfile.TemporaryDirectory(prefix="nlpcourse-run-") as folder:
        try:
            said = subprocess.run(
                [executable, "-c", _QUESTION],
                cwd=folder,
                env={**os.environ, **_WITHOUT_CHECKOUT},
                capture_output=True,
                text=True,
                timeout=60,
                check=True,
            ).stdout
        except (OSError, subprocess.SubprocessError) as error:
            why = (getattr(error, "stderr", "") or str(error)).strip().splitlines()[-1]
            raise UsageError(f"NLPCOURSE_PYTHON={python} cannot be asked what it holds: {why}") from None
    found = json.loads(said)
    for name, there in (("ipykernel", found["kernel"]), ("nlpcourse", found["package"])):
        if not there:
            raise UsageError(f"NLPCOURSE_PYTHON={python} has no {name}: install it there first.")
    package = Path(found["package"])
    # A folder of the checkout may well hold another environment, but never be the package.
    if package.resolve().is_relative_to(root.resolve()) and not package.is_relative_to(found["prefix"]):
        raise UsageError(
            f"NLPCOURSE_PYTHON={python} imports nlpcourse from the checkout. Install its wheel there: "
            "a learner has no checkout, and neither may the notebooks have one."
        )
    return Interpreter(executable, found["prefix"], package, tuple(found["versions"]), own=False)


# Neither this checkout nor what the user installed for every Python: a learner has neither.
_WITHOUT_CHECKOUT = {"PYTHONPATH": "", "PYTHONNOUSERSITE": "1"}


# --- what a notebook depends on ---------------------------------------------------------------------------------


def _shared_inputs(root: Path, options: Options, interpreter: Interpreter) -> str:
    """Digest of everything, besides its own bytes, that decides what a notebook shows."""
    kept_out = {"authoring", "classroom", "__pycache__"}
    package = interpreter.package
    # An installed copy holds registry and samples too, and the versions around it are its own.
    files = [
        path
        for path in sorted(package.rglob("*"))
        if not kept_out & set(path.relative_to(package).parts) and path.is_file()
    ]
    if interpreter.own:
        files += [path for path in sorted((root / "data" / "samples").rglob("*")) if path.is_file()]
        files += [
            path for path in (root / "data" / "registry.toml", root / "requirements.lock") if path.is_file()
        ]
    parts = [f"{path.name}:{hashlib.sha256(path.read_bytes()).hexdigest()}" for path in files]
    parts += [options.profile, options.source, *interpreter.versions]
    if folder := os.environ.get("NLPCOURSE_DATA"):
        # Sizes are enough: a file whose bytes differ from the registry's hash is refused when it is read.
        real = Path(folder).expanduser()
        parts += [
            f"{path.relative_to(real)}:{path.stat().st_size}"
            for path in sorted(real.rglob("*"))
            if path.is_file()
        ]
    return _digest(*parts)


def _digest(*parts: str | bytes) -> str:
    digest = hashlib.sha256()
    for part in parts:
        # Hashing each part first keeps ("ab", "c") apart from ("a", "bc").
        digest.update(hashlib.sha256(part.encode() if isinstance(part, str) else part).digest())
    return digest.hexdigest()


def _up_to_date(out: Path, report: dict[str, Any], name: str, inputs: str) -> bool:
    """Whether the executed copy and the report's entry both come from exactly these inputs, and went well."""
    entry = report["notebooks"].get(name, {})
    if entry.get("status") != "ok" or entry.get("inputs") != inputs:
        return False
    try:
        executed = json.loads((out / "executed" / f"{name}.ipynb").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return executed.get("metadata", {}).get("nlpcourse", {}).get("inputs") == inputs


def _forget_removed_chapters(root: Path, out: Path, report: dict[str, Any]) -> None:
    """A chapter that was renamed or removed leaves neither a page nor a line in the report."""
    known = {path.stem for path in chapters(root)}
    for name in set(report["notebooks"]) - known:
        del report["notebooks"][name]
    for copy in [*(out / "executed").glob("*.ipynb"), *(out / "failed").glob("*.ipynb")]:
        if copy.stem not in known:
            copy.unlink()


# --- running ----------------------------------------------------------------------------------------------------


class _Job:
    """One notebook on its way: the child process, its folder, and what it used so far."""

    def __init__(self, name: str, text: bytes, options: Options, interpreter: Interpreter):
        self.name = name
        self.interpreter = interpreter
        self.limit = options.notebook_timeout
        self.stopped_for: str | None = None
        self.peak_memory_mb = 0.0
        self.peak_gpu_memory_mb: float | None = None
        self.seconds = 0.0
        self.folder = Path(tempfile.mkdtemp(prefix="nlpcourse-run-"))
        self.executed = self.folder / "executed.ipynb"
        self.error = self.folder / "error.txt"
        self.log = self.folder / "log.txt"
        # The bytes that were hashed, not the file: somebody may be saving it in an editor meanwhile.
        source = self.folder / f"{name}.ipynb"
        source.write_bytes(text)
        self.work = self.folder / "work"
        self.work.mkdir()
        (self.folder / "tmp").mkdir()
        orders = {
            "notebook": str(source),
            "executed": str(self.executed),
            "folder": str(self.work),
            "error": str(self.error),
            "cell_timeout": options.cell_timeout,
        }
        self.started = time.monotonic()
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "nlpcourse.authoring._execute", json.dumps(orders)],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self.work,
                env=self._environment(options),
                start_new_session=True,
            )
        # psutil tells a process from a later one with the same number, so that nothing of others is ever ended.
        self._seen = {psutil.Process(self.process.pid)}

    def _environment(self, options: Options) -> dict[str, str]:
        """What the kernel sees: one thread, no progress bars, nothing of the user's own Jupyter or IPython."""
        kernel = self.folder / "jupyter" / "kernels" / "python3"
        kernel.mkdir(parents=True)
        argv = [self.interpreter.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        spec = {"argv": argv, "display_name": "Python 3 (ipykernel)", "language": "python"}
        if not self.interpreter.own:
            # For the kernel alone: papermill's process does need this checkout.
            spec["env"] = _WITHOUT_CHECKOUT
        (kernel / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
        environment = {
            **os.environ,
            "OMP_NUM_THREADS": "1",
            "NLPCOURSE_HEADLESS": "1",
            "NLPCOURSE_PROFILE": options.profile,
            "NLPCOURSE_SOURCE": options.source,
            "TQDM_DISABLE": "1",
            "TMPDIR": str(self.folder / "tmp"),
            "HF_HUB_DISABLE_PROGRESS_BARS": "1",
            "IPYTHONDIR": str(self.folder / "ipython"),
            "JUPYTER_PATH": str(self.folder / "jupyter"),
            "JUPYTER_RUNTIME_DIR": str(self.folder / "runtime"),
            "PYDEVD_DISABLE_FILE_VALIDATION": "1",
            "PYTHONPATH": os.pathsep.join(filter(None, [str(PACKAGE.parent), os.environ.get("PYTHONPATH")])),
        }
        for name in ("NLPCOURSE_DATA", "NLPCOURSE_CACHE"):
            if environment.get(name):
                # The kernel works in another folder: a relative path would point nowhere.
                environment[name] = str(Path(environment[name]).expanduser().resolve())
        return environment

    def watch(self, gpu_memory_mb: dict[int, float] | None) -> bool:
        """Take a measurement; True once the notebook is over. Over its time, it is stopped."""
        running = self.process.poll() is None
        self.seconds = time.monotonic() - self.started
        tree = self._descendants()
        # Resident memory of the kernel and what it started; papermill's own process is not the reader's.
        self.peak_memory_mb = max(self.peak_memory_mb, sum(_resident_mb(process) for process in tree))
        if gpu_memory_mb is not None:
            used = sum(gpu_memory_mb.get(process.pid, 0.0) for process in tree)
            self.peak_gpu_memory_mb = max(self.peak_gpu_memory_mb or 0.0, used)
        if running and self.seconds > self.limit:
            self.stopped_for = f"the notebook took longer than its limit of {self.limit} s"
            self.stop()
            return True
        return not running

    def _descendants(self) -> list[psutil.Process]:
        """Everything alive that the child started, also what has lost its parent since."""
        for process in list(self._seen):
            with suppress(psutil.NoSuchProcess):
                self._seen.update(process.children(recursive=True))
        self._seen = {process for process in self._seen if _is_alive(process)}
        return [process for process in self._seen if process.pid != self.process.pid]

    def stop(self) -> None:
        """End the child, its kernel and everything either has started."""
        limit = time.monotonic() + STOPPING_SECONDS
        # Again and again: one of them may be starting another just now.
        while (rest := self._descendants()) or self.process.poll() is None:
            self.process.kill()
            for process in rest:
                with suppress(psutil.NoSuchProcess):
                    process.kill()
            if time.monotonic() > limit:
                break
            time.sleep(0.02)
        self.process.wait()
        if self.process.stdin:
            self.process.stdin.close()

    def discard(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def _is_alive(process: psutil.Process) -> bool:
    """A dead process that nobody has collected yet (a zombie) is not alive, though it still has its number."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _resident_mb(process: psutil.Process) -> float:
    try:
        return process.memory_info().rss / 1e6
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return 0.0


class _Workers:
    """At most so many jobs at once; none outlives the `with` block."""

    def __init__(
        self, jobs: dict[str, bytes], options: Options, seconds: dict[str, float], interpreter: Interpreter
    ):
        self.waiting, self.options, self.interpreter = list(jobs.items()), options, interpreter
        self.running: list[_Job] = []
        self.expected = {name: seconds.get(name, EXPECTED_SECONDS) for name in jobs}
        self.gpu = _GpuMemory() if shutil.which("nvidia-smi") else None

    def __enter__(self) -> "_Workers":
        return self

    def __exit__(self, *_: object) -> None:
        for job in self.running:
            job.discard()
        if self.gpu:
            self.gpu.stop()

    def finished(self, signals: list[int]) -> Iterator[_Job]:
        """Each job when it is over, and stopped in every part; ends early once `signals` holds one."""
        done = 0.0
        total = sum(self.expected.values())
        with tqdm(
            total=round(total, 1),
            bar_format="{percentage:3.0f}% {bar} {elapsed}, about {remaining} left{postfix}",
            disable=not sys.stderr.isatty() or not self.waiting,
            leave=False,
            dynamic_ncols=True,
        ) as bar:
            while (self.waiting or self.running) and not signals:
                while self.waiting and len(self.running) < self.options.workers:
                    self.running.append(_Job(*self.waiting.pop(0), self.options, self.interpreter))
                    bar.set_postfix_str(", ".join(job.name for job in self.running))
                time.sleep(0.1)
                for job in [job for job in self.running if job.watch(self.gpu.latest if self.gpu else None)]:
                    job.stop()
                    yield job
                    shutil.rmtree(job.folder, ignore_errors=True)
                    self.running.remove(job)
                    done += self.expected[job.name]
                    bar.set_postfix_str(", ".join(job.name for job in self.running))
                bar.n = done + sum(min(job.seconds, 0.95 * self.expected[job.name]) for job in self.running)
                bar.refresh()


class _GpuMemory:
    """Asks the driver every two seconds which process holds how much; asking takes too long for the main loop."""

    def __init__(self) -> None:
        self.latest: dict[int, float] = {}
        self._over = threading.Event()
        threading.Thread(target=self._poll, daemon=True).start()

    def _poll(self) -> None:
        question = ["nvidia-smi", "--query-compute-apps=pid,used_memory", "--format=csv,noheader,nounits"]
        while not self._over.is_set():
            with suppress(OSError, subprocess.SubprocessError):
                answer = subprocess.run(
                    question, capture_output=True, text=True, timeout=10, check=True
                ).stdout
                pairs = [
                    line.split(",")
                    for line in answer.splitlines()
                    if re.fullmatch(r"\s*\d+\s*,\s*\d+\s*", line)
                ]
                self.latest = {int(pid): float(mebibytes) * 1.048576 for pid, mebibytes in pairs}
            self._over.wait(2)

    def stop(self) -> None:
        self._over.set()


_STOPPING = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


@contextmanager
def _signals_noted() -> Iterator[list[int]]:
    """Ctrl-C, `kill` and a closed terminal are noted in the list, for the main loop to act on between two steps.

    An exception out of a signal handler could strike between the start of a kernel and the note that it runs.
    """
    noted: list[int] = []
    before = {
        number: signal.signal(number, lambda number, _frame: noted.append(number)) for number in _STOPPING
    }
    try:
        yield noted
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


# --- judging what ran -------------------------------------------------------------------------------------------


def _settle(job: _Job, root: Path, options: Options, inputs: str, report: dict[str, Any]) -> str:
    """Judge a finished job, keep its notebook, put it into the report; returns the lines for the terminal."""
    notebook = _read(job.executed)
    hide = _Paths(job, root)
    records = harvest(notebook)
    problem: tuple[int | None, str] | None = None
    if job.stopped_for or job.process.returncode != 0:
        problem = (_last_started(notebook), _reason(job))
    else:
        problem = verify(notebook)

    setup = next((record for record in records if record["kind"] == "setup"), None)
    datasets = [_without_kind(record) for record in records if record["kind"] == "dataset"]
    entry: dict[str, Any] = {
        "status": "failed" if problem else "ok",
        "seconds": round(job.seconds, 1),
        "peak_memory_mb": round(job.peak_memory_mb),
        "peak_gpu_memory_mb": None if job.peak_gpu_memory_mb is None else round(job.peak_gpu_memory_mb),
        "profile": setup["profile"] if setup else None,
        "source": reports.overall_source(["real" if data["real"] else "sample" for data in datasets]),
        "claims": [_without_kind(record) for record in records if record["kind"] == "claim"],
        "data": datasets,
        "checkpoints": [_without_kind(record) for record in records if record["kind"] == "checkpoint"],
        "sizes": setup.get("sizes", {}) if setup else {},
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "inputs": inputs,
    }
    if problem:
        cell = notebook.cells[problem[0]] if problem[0] is not None else None
        entry["error"] = {
            "cell": problem[0],
            "source": _shorten(cell.source) if cell else "",
            "message": hide.in_text(problem[1]),
        }
    reports.merge(report, job.name, entry, setup)

    kept, other = ("failed", "executed") if problem else ("executed", "failed")
    clean(notebook, hide)
    notebook.metadata["nlpcourse"] = {
        "inputs": inputs,
        "profile": entry["profile"],
        "source": entry["source"],
    }
    write_atomic(options.out / kept / f"{job.name}.ipynb", nbformat.writes(notebook) + "\n")
    # A page from an older run beside a failed one would publish what no longer holds.
    (options.out / other / f"{job.name}.ipynb").unlink(missing_ok=True)

    figures = f"{job.seconds:.1f} s  {entry['peak_memory_mb']:,} MB"
    if not problem:
        return f"✓ {job.name}  {figures}  {len(entry['claims'])} claim(s)"
    place = f"cell {problem[0] + 1} ({cell.get('id', '')}):" if cell else "no cell had started"
    source = "".join(f"\n        {line}" for line in entry["error"]["source"].splitlines())
    message = entry["error"]["message"].replace("\n", "\n    ")
    where = options.out / "failed" / f"{job.name}.ipynb"
    return f"✗ {job.name}  {figures}\n    {place}{source}\n    {message}\n    what it shows so far: {_short(where, root)}"


def _read(path: Path) -> nbformat.NotebookNode:
    """What papermill left: the chapter's own cells, without the ones that it adds beside a failure."""
    try:
        notebook = nbformat.read(path, as_version=4)
    except (OSError, ValueError):  # it never started, or was ended in the middle of a save
        return nbformat.v4.new_notebook()
    notebook.cells = [
        cell for cell in notebook.cells if "papermill-error-cell-tag" not in cell.metadata.get("tags", [])
    ]
    return notebook


def _reason(job: _Job) -> str:
    """Why the child gave up, in words that help."""
    if job.stopped_for:
        return f"{job.stopped_for}: make it smaller, or raise --notebook-timeout"
    try:
        message = job.error.read_text(encoding="utf-8").strip()
    except OSError:
        tail = job.log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-5:]
        return "\n".join([f"papermill's process ended with {job.process.returncode}", *tail])
    if message.startswith("CellTimeoutError"):
        return "the cell took longer than --cell-timeout allows: make it smaller, or raise the limit"
    if message.startswith("DeadKernelError"):
        return "DeadKernelError: the kernel died in this cell (out of memory, killed, or a crash in compiled code)"
    return message


def verify(notebook: nbformat.NotebookNode) -> tuple[int | None, str] | None:
    """None when every code cell really ran; otherwise the index of a cell (or None) and what is wrong with it."""
    expected = 0
    spent = 0.0
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type != "code" or not cell.source.strip():
            continue
        expected += 1
        spent += cell.metadata.get("papermill", {}).get("duration") or 0.0
        if cell.metadata.get("papermill", {}).get("status") != "completed":
            return index, "this cell did not complete"
        if cell.execution_count is None:
            return index, "this cell was not executed: remove what skips it"
        if cell.execution_count != expected:
            return (
                index,
                f"this cell ran as number {cell.execution_count}, expected {expected}: cells ran out of order",
            )
        for output in cell.outputs:
            if output.output_type == "error":
                return index, f"{output.ename}: {output.evalue} (show an expected error with try/except)"
            if "image/png" in output.get("data", {}):
                return index, "a figure outside figures.show or explore: it has no alternative text"
    if spent < 0.001:
        return None, "the whole notebook took 0.000 s: nothing ran"
    records = harvest(notebook)
    if not any(record["kind"] == "setup" for record in records):
        return None, "no cell called setup(...): profile, hardware and versions are unknown"
    if false := [record for record in records if record["kind"] == "claim" and record["holds"] is False]:
        return None, f"a false claim went on: {false[0]['text']}"
    return None


def harvest(notebook: nbformat.NotebookNode) -> list[dict[str, Any]]:
    """The records that setup, load_dataset, checkpoint and claim left in the outputs, in order."""
    return [
        dict(output.data[MIME])
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if MIME in output.get("data", {})
    ]


def _without_kind(record: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key != "kind"}


def _last_started(notebook: nbformat.NotebookNode) -> int | None:
    started = [
        index
        for index, cell in enumerate(notebook.cells)
        if cell.cell_type == "code" and cell.metadata.get("papermill", {}).get("start_time")
    ]
    return started[-1] if started else None


def _shorten(source: str, lines: int = 8) -> str:
    every = source.strip().splitlines()
    rest = len(every) - lines
    return "\n".join(every[:lines] + ([f"… {rest} more line{'s' if rest > 1 else ''}"] if rest > 0 else []))


def _short(path: Path, root: Path) -> str:
    return str(path.relative_to(root)) if path.is_relative_to(root) else str(path)


# --- cleaning the executed copy ---------------------------------------------------------------------------------


def clean(notebook: nbformat.NotebookNode, hide: "_Paths") -> None:
    """Take out what only this run and this machine know: times, paths, and widgets that need a living kernel."""
    notebook.metadata.pop("widgets", None)
    notebook.metadata.pop("papermill", None)
    for cell in notebook.cells:
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if cell.cell_type != "code":
            continue
        kept = []
        for output in cell.outputs:
            # Without its state a widget is an error message; a bundle that also holds HTML keeps that.
            if "data" in output and output.data.pop(WIDGET, None) and set(output.data) <= {"text/plain"}:
                continue
            kept.append(hide.in_output(output))
        cell.outputs = kept


class _Paths:
    """Replaces this machine's folders in what a notebook printed: they say nothing to a reader."""

    def __init__(self, job: _Job, root: Path):
        names = {str(job.work): ".", str(job.folder): ".", str(root): ".", str(PACKAGE.parent): "."}
        if sys.prefix != sys.base_prefix:  # a virtual environment: the system's own folders are everybody's
            names[sys.prefix] = "python"
        if not job.interpreter.own:
            names[job.interpreter.prefix] = "python"
        for variable in ("NLPCOURSE_DATA", "NLPCOURSE_CACHE"):
            folder = Path(os.environ.get(variable) or ".").expanduser().resolve()
            # A wrong path must stay readable in the error about it.
            if os.environ.get(variable) and folder.is_dir():
                names[str(folder)] = variable
        names[str(Path.home())] = "~"
        # Longest first: a folder inside another one must be met before it.
        self._names = {name: names[name] for name in sorted(names, key=len, reverse=True) if len(name) > 1}
        # Only whole path components, so that neither a longer name nor base64 text is touched.
        folders = "|".join(re.escape(name) for name in self._names)
        self._pattern = re.compile(rf"(?<![\w/+.-])(?:{folders})(?=[/\\:'\")\s,]|$)")
        self._cell = re.compile(r"(?<![\w/+.-])[^\s\"'(]*[/\\]ipykernel_\d+[/\\]\d+\.py")

    def in_text(self, text: str) -> str:
        text = self._cell.sub("<cell>", text)
        return self._pattern.sub(lambda match: self._names[match.group()], text)

    def in_output(self, output: nbformat.NotebookNode) -> nbformat.NotebookNode:
        if output.output_type == "stream":
            output.text = self.in_text(output.text)
        elif output.output_type == "error":
            output.evalue = self.in_text(output.evalue)
            output.traceback = [self.in_text(line) for line in output.traceback]
        else:
            for kind, value in output.data.items():
                if isinstance(value, str) and kind.startswith("text/"):
                    output.data[kind] = self.in_text(value)
        return output


def check_options(options: Options) -> None:
    """Refuse what cannot work before anything starts.

    Raises:
        UsageError: a worker count or a limit below one, or an unknown profile or source from the environment.
    """
    for name, known in (("profile", ("auto", "fast", "full")), ("source", ("auto", "real", "sample"))):
        if getattr(options, name) not in known:
            value = getattr(options, name)
            raise UsageError(f"NLPCOURSE_{name.upper()} is {value!r}: use one of {', '.join(known)}")
    for name in ("workers", "cell_timeout", "notebook_timeout"):
        if getattr(options, name) < 1:
            raise UsageError(f"--{name.replace('_', '-')} must be at least 1, not {getattr(options, name)}")
