"""``reverse-match pseudonymise``: writes the files of a programme with pseudonyms in place of people."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Annotated

import reverse_match as rm
from reverse_match import views
from reverse_match.foundation.bounded_file import RECORD_BYTES, file_bytes
from reverse_match.foundation.errors import Fault, InputError
from reverse_match.views.cli import options as opt
from reverse_match.views.cli.exit_codes import exit_codes
from reverse_match.views.cli.terminal import tell_note


def pseudonymise(
    matching: Annotated[Path, opt.argument("Matching, plan or circles, as written by --out.")],
    people: opt.PeopleFiles,
    key: Annotated[
        Path,
        opt.option(
            "--key", "File of the secret; made, for its owner alone, if there is none. Keep it apart."
        ),
    ],
    out_dir: Annotated[
        Path, opt.option("--out-dir", "Folder for the new files, which have the names of the old ones.")
    ],
    history: Annotated[Path | None, opt.option("--history", "File of the rounds that have ended.")] = None,
    mapping: opt.Map = None,
    lang: opt.SentenceLang = opt.LOCALE,
) -> None:
    with exit_codes(lang) as results:
        targets = [out_dir / matching.name, out_dir / f"{people.paths[0].stem}-pseudonyms.json"]
        targets += [] if history is None else [out_dir / history.name]
        results.plan(*targets, reads=(matching, *people.paths, key, history))
        stored = opt.read_stored(matching)
        cohort = people.read(opt.mapping_of(mapping), stored.as_of)
        if not cohort.has_digest(stored.digests.cohort):
            tell_note(
                "these are not the people that were matched, so that nobody can verify the new files", lang
            )
        before = [] if history is None else [rm.History.load(history)]
        secret = _secret(key, lang)
        changed, known, *past = rm.pseudonymise(secret, stored, cohort, *before)
        from reverse_match.people.write import people_json

        out_dir.mkdir(parents=True, exist_ok=True)
        texts = [changed.to_json(), people_json(known), *(one.to_json() for one in past)]
        for target, text in zip(targets, texts, strict=True):
            results.write(target, text)
        told = [target.name for target in targets]
        results.print_text(views.terminal.pseudonyms_text(told, len(known.participants), lang))


def _secret(key: Path, lang: str) -> bytes:
    """Return the secret of a file, which is made if it is not there."""
    if key.exists():
        return file_bytes(key, RECORD_BYTES).strip()
    made = secrets.token_hex(32).encode()
    try:
        handle = os.open(key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise InputError([Fault(f"cannot be written: {error.strerror}", key.name)]) from None
    with os.fdopen(handle, "wb") as file:
        file.write(made + b"\n")
        file.flush()
        os.fsync(file.fileno())
    tell_note(f"{key.name} was made; whoever has it can find out who is who", lang)
    return made
