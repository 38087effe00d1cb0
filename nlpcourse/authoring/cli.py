"""The command `nlpcourse`: run, check, report, links, doctor; assign, prove, grade."""

import argparse
import os
import signal
import sys
from datetime import datetime
from pathlib import Path

from nlpcourse.authoring.project import UsageError, find_root


def parser() -> argparse.ArgumentParser:
    main = argparse.ArgumentParser(
        prog="nlpcourse", description="Runs, checks and reports on the notebooks of the course."
    )
    commands = main.add_subparsers(dest="command", required=True, metavar="COMMAND")

    run = commands.add_parser("run", help="run notebooks and keep what they show")
    _names(run)
    run.add_argument(
        "--profile",
        choices=("auto", "fast", "full"),
        default=os.environ.get("NLPCOURSE_PROFILE", "auto"),
        help="sizes: fast for two processor cores, full for a GPU (default: NLPCOURSE_PROFILE, or full where there is a GPU)",
    )
    run.add_argument(
        "--source",
        choices=("auto", "real", "sample"),
        default=os.environ.get("NLPCOURSE_SOURCE", "auto"),
        help="data: real, the offline sample, or auto: real where it can be had (default: NLPCOURSE_SOURCE, or auto)",
    )
    run.add_argument("--workers", type=int, default=2, metavar="N", help="notebooks at a time (default: 2)")
    run.add_argument(
        "--cell-timeout", type=int, default=600, metavar="S", help="seconds for one cell (default: 600)"
    )
    run.add_argument(
        "--notebook-timeout",
        type=int,
        default=1200,
        metavar="S",
        help="seconds for one notebook (default: 1200)",
    )
    run.add_argument("--force", action="store_true", help="run also what is up to date")
    _out(run)

    check = commands.add_parser("check", help="check notebooks and links against the course's rules")
    _names(check)

    report = commands.add_parser("report", help="show status, cost and claims of the last run")
    report.add_argument(
        "--page", action="store_true", help="as Markdown, the way the results appendix shows it"
    )
    _out(report)

    links = commands.add_parser(
        "links", help="write the public address into badges, set-up cells and configuration"
    )
    links.add_argument("--check", action="store_true", help="change nothing; fail where something differs")

    commands.add_parser("doctor", help="what this machine has, and what is missing")

    assign = commands.add_parser("assign", help="make an assignment's student, solution and Colab versions")
    assign.add_argument(
        "name", metavar="NAME", help="the assignment, or the beginning of its name, such as a2"
    )
    _course(assign)

    prove = commands.add_parser("prove", help="test the tests: solution, untouched stub and wrong answers")
    prove.add_argument("names", nargs="*", metavar="NAME", help="assignments (default: all)")
    _course(prove)

    grade = commands.add_parser("grade", help="grade what a class handed in")
    grade.add_argument(
        "name", metavar="NAME", help="the assignment, or the beginning of its name, such as a2"
    )
    grade.add_argument("submissions", metavar="SUBMISSIONS", help="folder, or zip from a learning platform")
    grade.add_argument(
        "--due", metavar="TIME", help="deadline such as '2026-12-01 23:59', in this machine's time zone"
    )
    grade.add_argument(
        "--workers", type=int, default=2, metavar="N", help="submissions at a time (default: 2)"
    )
    grade.add_argument(
        "--unsandboxed",
        action="store_true",
        help="run student code with your own rights: it can then read and change whatever you can",
    )
    _course(grade)
    return main


def _course(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--course",
        metavar="DIR",
        help="folder with source/, the gradebook and all results (default: notebooks/assignments in the checkout)",
    )


def _names(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "names", nargs="*", metavar="NAME", help="chapters by the beginning of their name, such as 5_3"
    )


def _out(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--out", metavar="DIR", help="folder of the results (default: _build in the checkout)"
    )


def main(arguments: list[str] | None = None) -> int:
    """Entry point; returns the exit code: 0 well, 1 something is wrong with the course, 2 wrong use."""
    options = parser().parse_args(arguments)
    try:
        return _COMMANDS[options.command](options)
    except UsageError as error:
        print(f"nlpcourse: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        # Python flushes its output once more when it ends: let it go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


# Each command imports what it needs: `nlpcourse doctor` must work where papermill is missing.


def _run(options: argparse.Namespace) -> int:
    from nlpcourse.authoring import runner

    root = find_root()
    chosen = runner.Options(
        out=_out_folder(options, root),
        profile=options.profile,
        source=options.source,
        workers=options.workers,
        cell_timeout=options.cell_timeout,
        notebook_timeout=options.notebook_timeout,
        force=options.force,
    )
    runner.check_options(chosen)
    return runner.run(root, options.names, chosen)


def _check(options: argparse.Namespace) -> int:
    from nlpcourse.authoring import checks
    from nlpcourse.authoring.project import chapters

    root = find_root()
    problems = checks.check(root, options.names)
    for problem in problems:
        print(problem)
    count = len(chapters(root, options.names))
    print(
        f"{count} notebook{'s' * (count != 1)} checked: {len(problems) or 'no'} problem{'s' * (len(problems) != 1)}"
    )
    return 1 if problems else 0


def _report(options: argparse.Namespace) -> int:
    from nlpcourse.authoring import report

    found = report.load(_out_folder(options, find_root()) / "report.json")
    print(report.as_page(found) if options.page else report.as_text(found))
    return 0


def _links(options: argparse.Namespace) -> int:
    from nlpcourse.authoring import links

    differences = links.links(find_root(), check_only=options.check)
    for difference in differences:
        print(difference)
    if not differences:
        print("every address is up to date")
    elif options.check:
        print("`nlpcourse links` writes them from pyproject.toml", file=sys.stderr)
    return 1 if differences and options.check else 0


def _doctor(_: argparse.Namespace) -> int:
    from nlpcourse.authoring import doctor

    return doctor.main()


def _assign(options: argparse.Namespace) -> int:
    from nlpcourse.classroom.assignment import Assignment
    from nlpcourse.classroom.build import build

    for path in build(Assignment.load(_course_folder(options), options.name)):
        print(path)
    return 0


def _prove(options: argparse.Namespace) -> int:
    from nlpcourse.classroom import proving
    from nlpcourse.classroom.assignment import Assignment
    from nlpcourse.classroom.sandbox import require_bubblewrap

    course = _course_folder(options)
    names = options.names or sorted(path.name for path in (course / "source").iterdir() if path.is_dir())
    require_bubblewrap()
    wrong = 0
    for assignment in [Assignment.load(course, name) for name in names]:
        for tried, problems in proving.prove(assignment):
            wrong += bool(problems)
            print(f"{'✗' if problems else '✓'} {assignment.name}: {tried}", flush=True)
            for problem in problems:
                print(f"    {problem}")
    return 1 if wrong else 0


def _grade(options: argparse.Namespace) -> int:
    from nlpcourse.classroom import grading

    if options.workers < 1:
        raise UsageError(f"--workers must be at least 1, not {options.workers}")
    chosen = grading.Options(options.workers, _time(options.due), options.unsandboxed)
    # Asked to end, it ends as tidily as at Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        table, rows = grading.grade(_course_folder(options), options.name, Path(options.submissions), chosen)
    except KeyboardInterrupt:
        print("Interrupted. What was graded is kept: the same command goes on from there.", file=sys.stderr)
        return 130
    for row in rows:
        if not row.judged:
            print(f"✗ {row.submission.student}: {row.submission.problem}")
    graded = sum(row.judged is not None for row in rows)
    print(f"{graded} of {len(rows)} submissions graded; scores: {table}")
    return 0 if graded == len(rows) else 1


def _time(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text).astimezone()
    except ValueError:
        raise UsageError(f"--due {text!r} is no time: write for example '2026-12-01 23:59'") from None


_COMMANDS = {
    "assign": _assign,
    "prove": _prove,
    "grade": _grade,
    "run": _run,
    "check": _check,
    "report": _report,
    "links": _links,
    "doctor": _doctor,
}


def _course_folder(options: argparse.Namespace) -> Path:
    return Path(options.course).resolve() if options.course else find_root() / "notebooks" / "assignments"


def _out_folder(options: argparse.Namespace, root: Path) -> Path:
    return Path(options.out).resolve() if options.out else root / "_build"
