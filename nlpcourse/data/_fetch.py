"""The bytes of a data set, proven to be the right ones: from a folder, from the cache, from the network.

Every file is compared with its sha256 each time it is used, so a damaged copy can never be read by mistake.
"""

import email.utils
import hashlib
import os
import time
from datetime import UTC, datetime
from pathlib import Path

TIMEOUT = (5, 15)  # seconds: until the server accepts, and between two pieces of the body
ATTEMPTS = 3
PAUSE = 1.0  # seconds before the second attempt; twice that before the third
PATIENCE = 30  # seconds: the longest wait that a busy server may ask for


class DataError(RuntimeError):
    """A data set cannot be had as asked; the message says what was wrong, what was expected and what to do."""


class WrongBytesError(DataError):
    """A file does not have the sha256 that the registry pins."""


class UnavailableError(DataError):
    """The real data are in none of the places that were searched."""


def find(files: list[dict]) -> tuple[list[bytes], str]:
    """Bytes of all `files` of a set, and where they were: "folder", "cache" or "download".

    Raises:
        WrongBytesError: the folder holds a file with another sha256, or the server sends one.
        UnavailableError: the files are in no place that could be reached; the message names the reason only.
        DataError: NLPCOURSE_DATA is not a folder, or one of its files cannot be read.
    """
    reason = ""
    if os.environ.get("NLPCOURSE_DATA"):
        blobs, missing = _from_folder(Path(os.environ["NLPCOURSE_DATA"]).expanduser(), files)
        if not missing:
            return blobs, "folder"
        reason = f"NLPCOURSE_DATA has no {' and no '.join(missing)}; "
    try:
        fetched = [fetch(file) for file in files]
    except UnavailableError as error:
        raise UnavailableError(reason + str(error)) from error
    return [blob for blob, _ in fetched], "download" if any(new for _, new in fetched) else "cache"


def _from_folder(folder: Path, files: list[dict]) -> tuple[list[bytes], list[str]]:
    """Bytes of `files` below `folder`, and the names of those that are not there. Changes nothing on disk."""
    if not folder.is_dir():
        raise DataError(
            f"NLPCOURSE_DATA is {str(folder)!r}, and no such folder exists. Correct it, or unset it to use the cache "
            "and the network."
        )
    missing = [file["local"] for file in files if not (folder / file["local"]).exists()]
    if missing:
        return [], missing
    blobs = []
    for file in files:
        try:
            blobs.append((folder / file["local"]).read_bytes())
        except OSError as error:
            raise DataError(
                f"{file['local']} in NLPCOURSE_DATA cannot be read: {error.strerror}. Mend the file or unset "
                "NLPCOURSE_DATA."
            ) from error
        _check(
            blobs[-1],
            file,
            "in NLPCOURSE_DATA",
            "It was left as it is. Replace it by the pinned version, or remove it (or unset NLPCOURSE_DATA) to have "
            f"it downloaded from {file['url']}.",
        )
    return blobs, []


def _check(blob: bytes, file: dict, where: str, advice: str) -> None:
    found = hashlib.sha256(blob).hexdigest()
    if found != file["sha256"]:
        size = "" if len(blob) == file["bytes"] else f" ({len(blob):,} bytes instead of {file['bytes']:,})"
        raise WrongBytesError(
            f"{file['local']} {where} is not the file that the registry pins{size}.\n"
            f"  expected sha256 {file['sha256']}\n  found    sha256 {found}\n{advice}"
        )


def cache_folder() -> Path:
    """Where downloads are kept: NLPCOURSE_CACHE, else the user's cache folder."""
    import pooch

    root = os.environ.get("NLPCOURSE_CACHE") or pooch.os_cache("nlpcourse")
    return Path(root).expanduser() / "datasets"


def fetch(file: dict) -> tuple[bytes, bool]:
    """Bytes of one file from the cache, else from its URL; True when it had to be downloaded.

    Safe when several processes ask for the same file: one downloads, the others wait for it. A file under its
    final name is always whole, whatever happens in between.
    """
    from filelock import FileLock, Timeout

    path = cache_folder() / file["local"]
    blob = _cached(path, file)
    if blob is not None:
        return blob, False
    if os.environ.get("NLPCOURSE_OFFLINE", "0") not in ("", "0"):
        raise UnavailableError("not in the cache, and NLPCOURSE_OFFLINE is set")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{path}.lock", timeout=600):
            blob = _cached(path, file)  # another process may have brought it meanwhile
            if blob is not None:
                return blob, False
            path.unlink(missing_ok=True)  # a damaged copy
            return _download(file, path), True
    except Timeout as error:
        raise UnavailableError("another process has held the cache for ten minutes") from error
    except OSError as error:
        raise UnavailableError(
            f"the cache cannot be written: {error.strerror} (NLPCOURSE_CACHE can name another folder)"
        ) from error


def _cached(path: Path, file: dict) -> bytes | None:
    """The file's bytes if they are there and right."""
    try:
        blob = path.read_bytes()
    except OSError:
        return None
    return blob if hashlib.sha256(blob).hexdigest() == file["sha256"] else None


def _download(file: dict, path: Path) -> bytes:
    """Bring `file` to `path`, which is either written whole and right or not at all. Called under the file's lock."""
    import requests

    # The lock makes a fixed name safe, and what a killed process left under it is written over.
    part = Path(f"{path}.part")
    try:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                _get(file, part)
                blob = part.read_bytes()
                _check(
                    blob,
                    file,
                    "as downloaded",
                    "It was thrown away. Often a log-in page or a proxy answers instead of the server: open "
                    f'{file["url"]} in a browser, then try again; or work with source="sample" meanwhile.',
                )
                part.replace(path)
                return blob
            except requests.RequestException as error:
                pause = _pause(error, attempt)
                if pause is None or attempt == ATTEMPTS:
                    raise UnavailableError(_reason(error)) from error
            except WrongBytesError:
                if attempt == ATTEMPTS:
                    raise
                pause = PAUSE * attempt
            time.sleep(pause)
    finally:
        part.unlink(missing_ok=True)


def _get(file: dict, part: Path) -> None:
    from pooch import HTTPDownloader
    from tqdm import tqdm  # the plain one: a widget would leave a trace in the executed notebook

    # The delay keeps quick downloads and refused connections from leaving a trace as well.
    look = {"unit": "B", "unit_scale": True, "leave": False, "delay": 1}
    with tqdm(desc=file["local"], total=file["bytes"], **look) as bar:
        HTTPDownloader(progressbar=bar, chunk_size=2**16, timeout=TIMEOUT)(file["url"], str(part), None)


def _pause(error: Exception, attempt: int) -> float | None:
    """Seconds to wait before the next attempt; None when another attempt is of no use."""
    import requests

    response = getattr(error, "response", None)
    if response is None:
        # A host that does not even accept the connection will not do so a second later.
        return None if isinstance(error, requests.ConnectTimeout) else PAUSE * attempt
    if response.status_code == 429:
        wait = _retry_after(response)
        return PAUSE * attempt if wait is None else wait if wait <= PATIENCE else None
    return PAUSE * attempt if response.status_code >= 500 else None


def _retry_after(response) -> float | None:
    """Seconds that the server asks to wait: the header holds a number or a date (RFC 9110, section 10.2.3)."""
    value = response.headers.get("Retry-After", "")
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        return max(0.0, (email.utils.parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None


def _reason(error: Exception) -> str:
    """A network error in a few words."""
    import requests

    response = getattr(error, "response", None)
    if response is not None:
        reason = f"the server answered {response.status_code} {response.reason}"
        wait = _retry_after(response) if response.status_code == 429 else None
        if wait is None:
            return reason
        return f"{reason} and asks to wait {wait:.0f} s" + (
            f", longer than the {PATIENCE} s this waits" if wait > PATIENCE else ""
        )
    if isinstance(error, requests.Timeout) or "timed out" in str(error):
        return "the server did not answer in time"
    if isinstance(error, requests.exceptions.ChunkedEncodingError):
        return "the connection broke off"
    return "the server cannot be reached"
