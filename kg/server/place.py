"""Where the user's own server keeps what it has: one folder, readable by the user alone.

``KG_SERVER_HOME`` names another folder than the one in the user's data folder.
"""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Self

from kg.errors import StoreError

LOCAL = "neo4j-local"
"""The address under which a store on this server is opened."""


@dataclass(frozen=True, slots=True)
class Process:
    """A server that was started: its process and when that began (seconds since 1970), so that a number that the
    system gave to another process since is not taken for it; ``port`` is where it listens, ``version`` is Neo4j's.
    """

    pid: int
    began: float
    port: int
    version: str


@dataclass(frozen=True, slots=True)
class Place:
    """The folder of one server: ``conf``, ``data``, ``logs``, the password and what is known of the process."""

    folder: Path

    @classmethod
    def usual(cls) -> Self:
        """The user's own, or the one named by ``KG_SERVER_HOME``."""
        if named := os.environ.get("KG_SERVER_HOME"):
            return cls(Path(named).expanduser().resolve())
        import platformdirs

        return cls(platformdirs.user_data_path("accountability-kg", appauthor=False) / "neo4j")

    @property
    def console(self) -> Path:
        """What the server prints."""
        return self.folder / "logs" / "console.log"

    def make(self) -> None:
        """Make the folders. Raises StoreError."""
        try:
            for name in ("conf", "logs"):
                (self.folder / name).mkdir(parents=True, exist_ok=True)
            self.folder.chmod(0o700)
        except OSError as error:
            raise self.unusable(error) from error

    def unusable(self, error: OSError) -> StoreError:
        """What to say when the folder cannot be written."""
        return StoreError(
            f"{self.folder}: cannot be written ({error.strerror or error}); name another folder in KG_SERVER_HOME"
        )

    def configure(self, port: int) -> None:
        """Write the configuration that makes the server listen on ``port``. Raises StoreError."""
        text = files("kg.server").joinpath("neo4j.conf").read_text("utf-8").format(port=port)
        try:
            (self.folder / "conf" / "neo4j.conf").write_text(text, "utf-8")
            _replace(self.folder / "port", f"{port}\n")
        except OSError as error:
            raise self.unusable(error) from error

    @property
    def port(self) -> int | None:
        """The port that was chosen when the server was last started."""
        text = _text(self.folder / "port").strip()
        return int(text) if text.isdecimal() else None

    def password(self, name: str = "password") -> str:
        """The password, '' where there is none yet; ``password.new`` is one that is about to be set."""
        return _text(self.folder / name).strip()

    def new_password(self, name: str = "password") -> str:
        """Make a random password and keep it in a file that only the user can read."""
        made = secrets.token_urlsafe(24)
        try:
            _replace(self.folder / name, made + "\n")
        except OSError as error:
            raise self.unusable(error) from error
        return made

    def adopt_password(self) -> None:
        """``password.new`` is the one that holds now."""
        os.replace(self.folder / "password.new", self.folder / "password")

    def process(self) -> Process | None:
        """The process that was last started, running or not; None after a stop."""
        try:
            return Process(**json.loads(_text(self.folder / "process.json")))
        except (ValueError, TypeError):
            return None

    def remember(self, process: Process) -> None:
        """Keep what is needed to find the process again."""
        known = {"pid": process.pid, "began": process.began, "port": process.port, "version": process.version}
        _replace(self.folder / "process.json", json.dumps(known) + "\n")

    def forget(self) -> None:
        """There is no process any more."""
        (self.folder / "process.json").unlink(missing_ok=True)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except OSError as error:
        raise StoreError(
            f"{path}: cannot be read ({error.strerror or error}); it is for the user who made it"
        ) from error


def _replace(path: Path, text: str) -> None:
    """Whole or not at all, and readable by the user alone from its first byte on."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.unlink(missing_ok=True)
    with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, path)
