"""Help and usage errors in French: every command, every option, and nothing declared twice."""

from __future__ import annotations

import re
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from reverse_match.views.cli.main import COMMANDS, app
from reverse_match.views.words.french_help import TEXTS, USAGE, WORDS

ENGLISH = re.compile(
    r"\b(the|this|with|which|given|not|may be|Usage|required|default|Commands|Missing|value)\b"
)
TERMINAL = {"COLUMNS": "200", "TERM": "dumb", "LC_ALL": ""}


def helps() -> dict[str, str]:
    """Return every text that help shows, as it is declared, with where."""
    group: Any = typer.main.get_command(app)
    ctx = group.make_context("reverse-match", ["schema", "policy"])
    found = {group.help: "reverse-match", **{text: name for name, text in COMMANDS.items()}}
    for name in COMMANDS:
        command = group.resolve_command(ctx, [name])[1]
        for param in command.get_params(type(ctx)(command, info_name=name, parent=ctx)):
            found[param.help] = f"{name} {param.name}"
            if panel := getattr(param, "rich_help_panel", None):
                found[panel] = f"{name} {param.name}"
    found |= {param.help: f"reverse-match {param.name}" for param in group.get_params(ctx)}
    return found


def run(*words: str, **variables: str) -> str:
    result = CliRunner().invoke(app, [*words], env={**TERMINAL, "LANG": "C", **variables})
    return (result.stdout + result.stderr).replace("\u202f", " ").replace("\u00a0", " ")


def test_every_help_has_french() -> None:
    """Whoever adds a command or an option adds its text to ``views/words/french_help.py``."""
    assert {text: where for text, where in helps().items() if text not in TEXTS} == {}


def test_no_french_help_is_left_of_an_option_that_is_gone() -> None:
    assert set(TEXTS) - set(helps()) == set()


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_is_french_as_a_whole(command: str) -> None:
    for shown in (run(command, "--help", LANG="fr_FR.UTF-8"), run(command, "--lang", "fr", "--help")):
        told = re.sub(r"<[^>]*>|\[x?[\d<=>x ]*\]|--[\w-]+", "", shown)
        assert "Utilisation : " in told
        assert "Affiche cette aide." in told
        assert not ENGLISH.search(told), ENGLISH.findall(told)


def test_the_help_of_all_commands() -> None:
    for shown in (
        run("--help", LC_ALL="fr_CA"),
        run("--lang", "fr", "--help"),
        run("--help", "--lang", "fr"),
    ):
        assert "Utilisation : reverse-match [OPTIONS] COMMANDE" in shown
        assert "Commandes" in shown
        assert "Forme les meilleurs duos possibles à partir d’un fichier de personnes." in shown
        assert not ENGLISH.search(shown.replace("match", "")), shown


def test_english_help_is_what_it_was_after_french_help() -> None:
    before = run("match", "--help"), run("--help")
    run("match", "--help", LANG="fr")
    run("--help", LANG="fr")
    assert (run("match", "--help"), run("--help")) == before
    assert "Usage: " in before[0]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ["match"],
            "valeur incorrecte pour PEOPLE : attendu : un fichier de personnes, ou --mentors avec --mentees",
        ),
        (["match", "a.csv", "--threads", "x"], "n’est pas un nombre entier"),
        (["match", "a.csv", "--threads", "0"], "valeur incorrecte pour « --threads » : "),
        (["match", "a.csv", "--time-limit", "x"], "n’est pas un nombre"),
        (["match", "a.csv", "--format", "xml"], "« xml » n’est pas une valeur parmi « table », « json », "),
        (["match", "a.csv", "--nope"], "option inconnue : --nope"),
        (["match", "a.csv", "--polic", "p"], "option inconnue : --polic (voulez-vous dire : --policy ?)"),
        (["match", "a.csv", "b.csv"], "en trop : b.csv"),
        (["match", "--policy"], "« --policy » demande une valeur"),
        (["match", "a.csv", "--strict=3"], "« --strict » ne prend pas de valeur"),
        (["match", "a.csv", "--map", "x"], 'attendu : EN-TÊTE=champ, par exemple "Matricule=id"'),
        (["match", "a.csv", "--table", "x"], "attendu : NOM=FICHIER, par exemple entretien=scores.csv"),
        (["mach"], "commande inconnue : « mach »"),
        (["verify"], "il manque l’argument "),
        (["schema"], "il manque l’argument "),
        (["--nope"], "option inconnue : --nope"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_wrong_command_line_is_told_in_french(words: list[str], told: str) -> None:
    for shown in (run(*words, LANG="fr_FR.UTF-8"), run("--lang", "fr", *words)):
        assert f"Erreur : {told}" in shown or (
            shown.splitlines()[-1].startswith("Erreur : ") and told in shown
        )
        assert not ENGLISH.search(re.sub(r"match(ing)?|what", "", shown)), shown


def test_a_wrong_command_line_ends_as_in_english() -> None:
    codes = [
        CliRunner().invoke(app, ["match", "--nope"], env={"LANG": lang}).exit_code for lang in ("fr", "C")
    ]
    assert codes == [2, 2]


def test_typography() -> None:
    for text in [*WORDS.texts.values(), *WORDS.titles.values(), *USAGE.values(), WORDS.usage, WORDS.wrong]:
        spaced = WORDS.errors.formatter.set_spaces({"": text})[""]
        assert not re.search(r"[ \u00a0][:;?!%]", spaced), text
        assert not re.search(r"\w'\w", text), text
