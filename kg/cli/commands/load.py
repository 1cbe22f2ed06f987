"""``kg load``"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import columns, format_option, left_out, second_opinion
from kg.cli.progress import Progress, Source
from kg.cli.session import Session, pass_session
from kg.cli.streams import complain, put, put_json, stdin

if TYPE_CHECKING:
    from kg.loading import Tally

_TOLD = 20  # failures that are printed one by one; --verbose prints all
_SHOWN = 5  # files named for a remark


@click.command("load")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@left_out
@columns
@second_opinion
@click.option("-v", "--verbose", is_flag=True, help="All remarks, notice by notice.")
@format_option("table", "json")
@pass_session
def command(
    session: Session,
    paths: tuple[str, ...],
    place: str,
    publisher: str,
    published: str,
    columns: dict[str, str],
    second_opinion: bool,
    verbose: bool,
    format: str,
) -> None:
    """Load notices (.txt, .html, .docx, .pdf) and lists (.xlsx, .csv, tables): files, folders, globs, - for stdin.

    \b
    kg load notices/ more/*.html
    kg load 通报.txt --place 河北省保定市望都县 --published 2023-06-30
    curl -s https://example.org/notice.html | kg load -

    Loading twice changes nothing; a corrected notice (same url or document number) takes the old one's place.
    A file that cannot be read is told and the rest goes on: exit 0 all loaded, 1 some failed, 2 none loaded.
    """
    from kg.loading import Defaults, files, load, passed_over
    from kg.readers import worth

    defaults = Defaults(place, publisher, published, columns, second_opinion)
    sources = _with_stdin(files(paths))
    if all(source is None or why for _, source, why in sources):
        _end(session, _none(sources), format, verbose)  # nothing to load: no store is made for it
    done: list[str] = []
    with session.writing() as store:
        try:
            with Progress(sources) as going:
                processes = 0 if second_opinion else worth(len(sources))
                tally = load(store, going, defaults, done=done.append, processes=processes)
        except KeyboardInterrupt:
            complain(
                f"interrupted: {len(done)} of {len(sources)} files are done, each notice whole, the others are not in; "
                "the same command goes on from there"
            )
            raise click.exceptions.Exit(130) from None
    tally.remarks += [(path, told) for path in paths if (told := passed_over(path))]
    _end(session, tally, format, verbose)


def _with_stdin(found: Iterable[Source]) -> list[Source]:
    sources = list(found)
    return [(name, stdin() if name == "-" and source is None else source, why) for name, source, why in sources]


def _none(sources: Iterable[Source]) -> Tally:
    from kg.loading import Tally

    return Tally(failed=[(name, why or f"{name}: nothing to read") for name, _, why in sources])


def _end(session: Session, tally: Tally, format: str, verbose: bool) -> None:
    """Counts, failures and remarks; then the exit status."""
    if format == "json":
        put_json(
            {
                "store": session.address,
                "new": tally.new,
                "changed": tally.changed,
                "unchanged": tally.unchanged,
                "superseded": tally.superseded,
                "failed": [{"file": name, "reason": why} for name, why in tally.failed],
                "remarks": [{"file": name, "remark": said} for name, said in tally.remarks],
            }
        )
    else:
        _tell(session, tally, verbose)
    for _, why in tally.failed if verbose else tally.failed[:_TOLD]:
        complain(why)
    if len(tally.failed) > _TOLD and not verbose:
        complain(f"and {len(tally.failed) - _TOLD} more files failed; --verbose names them all")
    if tally.failed:
        raise click.exceptions.Exit(1 if tally.loaded else 2)


def _tell(session: Session, tally: Tally, verbose: bool) -> None:
    count = f"{tally.new} new, {tally.changed} changed, {tally.unchanged} unchanged, {len(tally.failed)} failed"
    if tally.superseded:
        count += f", {tally.superseded} older than what is loaded already"
    if tally.loaded:
        put(f"{count}  →  {session.address}")
    else:
        put(count)
    if verbose:
        for name, said in tally.remarks:
            put(f"  {name}: {said}")
        return
    for said, names in _alike(tally.remarks).items():
        listed = ", ".join(Path(n).name for n in names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "")
        put(f"  {said}: {len(names)} ({listed}); --verbose says more" if len(names) > 1 else f"  {said} ({listed})")


def _alike(remarks: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Remarks of a kind together: what stands before the colon is the kind; one that stands alone is kept whole."""
    kinds: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for name, said in remarks:
        kinds[said.split(": ")[0].split("：")[0]].append((name, said))
    return {kind if len(rows) > 1 else rows[0][1]: [name for name, _ in rows] for kind, rows in kinds.items()}
