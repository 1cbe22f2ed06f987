"""What the shell suggests after a Tab; whatever goes wrong there suggests nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.session import Session
from kg.errors import KgError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_MOST = 30


def _session(ctx: click.Context) -> Session:
    root = ctx.find_root()
    return Session(root.params.get("store") or "", root.params.get("queries") or "")


def complete_subject(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Names of things in the store that begin like, or hold, what is typed."""
    from click.shell_completion import CompletionItem

    from kg.lookup import candidates

    try:
        with _session(ctx).bench() as bench, bench.opened() as store:
            labels = ("Region", "Agency", "Post", "Person")
            found = candidates(store, incomplete or "县", labels, limit=_MOST)
    except (KgError, OSError, StopIteration):
        return []
    return [CompletionItem(node.name, help=f"{node.label} {node.id}") for node in found]


def complete_query(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Names of saved queries."""
    from click.shell_completion import CompletionItem

    try:
        known = _session(ctx).catalogue()
    except (KgError, OSError, StopIteration):
        return []
    return [CompletionItem(n, help=q.title["zh"]) for n, q in known.items() if incomplete in n]


def complete_parameter(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """``key=`` of the query named before, then values from the store."""
    from click.shell_completion import CompletionItem

    from kg.ask import suggestions

    try:
        # a line that ends in -p is parsed no further: its words are left over
        saved = _session(ctx).catalogue().named(ctx.params.get("name") or next(iter(ctx.args), ""))
        key, equals, prefix = incomplete.partition("=")
        if not equals:
            return [CompletionItem(f"{p.name}=", help=p.text("en")) for p in saved.parameters if p.name.startswith(key)]
        parameter = next(p for p in saved.parameters if p.name == key)
        with _session(ctx).bench() as bench, bench.opened() as store:
            found = suggestions(store, parameter, prefix, limit=_MOST)
    except (KgError, OSError, StopIteration):
        return []
    return [CompletionItem(f"{key}={each.value}", help=each.what) for each in found]
