"""``kg remove``"""

from __future__ import annotations

import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import format_option
from kg.cli.session import Session, pass_session
from kg.cli.streams import put, put_json

if TYPE_CHECKING:
    from kg.store import Store


@click.command("remove")
@click.argument("notice")
@format_option("table", "json")
@pass_session
def command(session: Session, notice: str, format: str) -> None:
    """Take one notice out again, with all that rests on it alone.

    NOTICE is its id, title, url, document number (文号) or file.

    \b
    kg remove 沛政办发〔2023〕9号
    kg remove notices/07-summons.txt
    """
    with session.writing() as store:
        removed = store.remove(_id_of(store, notice))
    if format == "json":
        gone = asdict(removed)
        gone["notice"].pop("text")
        put_json(gone)
        return
    put(f"removed {removed.notice.title or removed.notice.id} ({removed.notice.id})")
    put(
        f"  {removed.nodes} things and {removed.relationships} relationships went with it; "
        f"{removed.nodes_kept} things and {removed.relationships_kept} relationships stay on other notices' word"
    )


def _id_of(store: Store, text: str) -> str:
    """The notice meant: a file by what it holds, or by its path where it has been edited since, or by its bare name; else as any
    thing is named."""
    from kg.errors import SourceError
    from kg.loading import Defaults, read
    from kg.lookup import find

    known = store.notices()
    if os.path.isfile(text):
        path = Path(text)
        try:
            inside = read(path, str(path), Defaults()).notice.id
        except SourceError:
            inside = ""
        same = [n.id for n in known if n.id == inside]
        same = same or [n.id for n in known if n.source and Path(n.source).resolve() == path.resolve()]
        if len(same) == 1:
            return same[0]
    called = [n.id for n in known if n.source and Path(n.source).name == text]
    if len(called) == 1:
        return called[0]
    return find(store, text, ("Notice",)).id
