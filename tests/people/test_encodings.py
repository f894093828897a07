"""A text is read in the encoding in which it was written, and a guess is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

import reverse_match as rm
from reverse_match.people.reading.decoding import decode_text
from reverse_match.views.cli.main import app

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = [
    "Cybersécurité", "Élodie Brunet", "français;Île-de-France", "Noël, cœur, où, âge", "GESTION DES DONNÉES",
    "l’été à l’école", "« Qualité »", "Müller aus Köln, Straße", "señor, año, ¿qué?", "São João", "Århus", "naïve",
    "Réseaux sociaux – stratégie", "Björk", "ça", "D’où êtes-vous ?", "mañana…", "Très belle œuvre",
]  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
def test_letters_say_whether_windows_or_a_macintosh_wrote_them(text: str, encoding: str) -> None:
    read = decode_text(f"id,role\n{text},mentor\n".encode(encoding), "people.csv")
    assert (read.text, read.guessed) == (f"id,role\n{text},mentor\n", True)


@pytest.mark.parametrize("text", ["don’t", "10 €", "“Hello” – all of you…", "25 °C"])
def test_signs_of_windows_are_no_letters_of_a_macintosh(text: str) -> None:
    assert decode_text(text.encode("cp1252"), "people.csv").text == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_says_its_encoding_is_no_guess(encoding: str) -> None:
    for said in (None, "cp1252" if encoding != "utf-8" else None):
        read = decode_text("id;Prénom".encode(encoding), "people.csv", said)
        assert (read.text, read.guessed) == ("id;Prénom", False)


@pytest.mark.parametrize(
    "encoding", ["cp1252", "mac_roman", "cp850", "iso8859-15", "utf-16-le", "cp1250", "UTF-8"]
)
def test_an_encoding_that_is_said(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes("id,role,offers\na,mentor,Élevage:4\nb,mentee,\n".encode(encoding))
    cohort = rm.read_cohort(path, encoding=encoding)
    assert (cohort.participants[0].offers, cohort.notes) == ({"Élevage": 4}, ())
    kept = rm.look(path, encoding=encoding).reading
    assert kept.encoding == encoding
    again = rm.read_cohort(path, reading=rm.Reading.from_toml(kept.to_toml()))
    assert again.participants == cohort.participants


def test_a_guess_is_told_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes("id,role,offers\na,mentor,Cybersécurité:4\nb,mentee,\n".encode("cp1252"))
    told = CliRunner().invoke(app, ["look", str(path)]).stdout
    assert "read as Windows cp1252" in " ".join(told.split())
    (note,) = rm.read_cohort(path).notes
    assert str(note) == (
        "people.csv: not UTF-8, and read as Windows cp1252; if letters look wrong, say --encoding mac_roman"
    )
    assert rm.read_cohort(path, encoding="cp1252").notes == ()


@pytest.mark.parametrize("said", ["utf-9", "", " ", "rot13", "zlib", "idna", "unicode_escape", "utf-8\0"])
def test_what_is_no_encoding_is_refused(said: str, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes("id,role\né,mentor\nb,mentee\n".encode())
    if not said:
        assert rm.read_cohort(path, encoding=said).participants[0].id == "é"
        return
    with pytest.raises(rm.errors.CohortError, match="no encoding is called so; right would be utf-8"):
        rm.read_cohort(path, encoding=said)


def test_bytes_that_are_none_of_the_encoding_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes("id,role\né,mentor\nb,mentee\n".encode("cp1252"))
    with pytest.raises(rm.errors.CohortError, match="not text in the encoding that is said"):
        rm.read_cohort(path, encoding="utf-8")
    with pytest.raises(rm.errors.CohortError, match="not text in the encoding that is said"):
        rm.read_cohort(path, encoding="ascii")
