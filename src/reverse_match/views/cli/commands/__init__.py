"""The commands: each is a function of a module of the same name; typer reads its annotations as options."""
