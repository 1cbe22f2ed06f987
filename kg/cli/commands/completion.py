"""``kg completion``"""

from __future__ import annotations

import click

_HOW = {
    "bash": '# put this into ~/.bashrc:  eval "$(kg completion bash)"',
    "zsh": '# put this into ~/.zshrc:  eval "$(kg completion zsh)"',
    "fish": "# run once:  kg completion fish > ~/.config/fish/completions/kg.fish",
}


@click.command("completion")
@click.argument("shell", type=click.Choice(list(_HOW)))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print the completion script of a shell: bash, zsh or fish.

    \b
    eval "$(kg completion bash)"                                   in ~/.bashrc
    eval "$(kg completion zsh)"                                    in ~/.zshrc
    kg completion fish > ~/.config/fish/completions/kg.fish        once
    """
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    assert found is not None
    script = found(ctx.find_root().command, {}, "kg", "_KG_COMPLETE")
    click.echo(_HOW[shell])
    # the script itself, without click's look at the installed bash: it may be printed for another machine
    click.echo(script.source_template % script.source_vars())
