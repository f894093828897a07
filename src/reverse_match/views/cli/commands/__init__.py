"""A module a command, under its name: a function whose annotations typer makes options of."""
