"""Reports the changes of duos and people between two rounds, with their reasons."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from reverse_match.foundation.names import id_key, pair_key
from reverse_match.matching.results.rotation import KINDS, Change
from reverse_match.programme.reasons_of_ends import EndReasons

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reverse_match.matching.results.explanation import ScoredDuo
    from reverse_match.matching.results.matching import Duo, Matching
    from reverse_match.policy.values import Role
    from reverse_match.programme.beside_the_policy import Pair, RotationInput


@dataclass(frozen=True)
class ChangeReport:
    """The report of the changes of duos and people between two rounds."""

    before: Matching
    after: Matching
    inputs: RotationInput

    @cached_property
    def _reasons(self) -> EndReasons:
        return EndReasons(self.inputs)

    @cached_property
    def _decided_pairs(self) -> set[Pair]:
        return {pair_key(pair) for pair in self.inputs.fixed}

    @cached_property
    def _wanted_pairs(self) -> set[Pair]:
        return self._reasons.staying

    def changes(self) -> tuple[Change, ...]:
        """Return all changes in their order."""
        listed = [*self._changes_of_old_duos(), *self._new_changes(), *self._waiting_changes()]
        return tuple(
            sorted(
                listed,
                key=lambda change: (KINDS.index(change.kind), change.mentor or "", change.mentee or ""),
            )
        )

    def _swap_roles(self, duo: Duo | ScoredDuo) -> Pair:
        """Return an earlier duo in the roles of this round, or a duo of this round in the earlier roles."""
        pair = pair_key(duo)
        return pair[::-1] if self.inputs.reciprocal else pair

    @cached_property
    def _current_duos(self) -> dict[Pair, Duo]:
        return {pair_key(duo): duo for duo in self.after.duos}

    @cached_property
    def _earlier_pairs(self) -> set[Pair]:
        """Return the duos of the round before, in their roles of that round."""
        return {pair_key(duo) for duo in self.before.duos}

    def _continues(self, duo: Duo) -> bool:
        """Say whether a duo of the round before continues.

        A fixed duo of the policy keeps its roles, also where all others swap theirs. Of two people who were a
        duo in both roles, no duo that exists is reported as ended: it is the continuation of the duo that
        both wanted to keep, with roles swapped, or of the fixed one.
        """
        pair, turned = pair_key(duo), self._swap_roles(duo)
        if turned in self._current_duos and (
            turned in self._wanted_pairs | self._decided_pairs or not self._is_fixed_again(turned)
        ):
            return True
        return self._is_fixed_again(pair) or (pair in self._current_duos and turned not in self._wanted_pairs)

    def _is_fixed_again(self, pair: Pair) -> bool:
        """Say whether a pair was a duo in the round before, and the policy fixes it now."""
        return pair in self._earlier_pairs and pair in self._current_duos and self._current_duos[pair].fixed

    def _continues_earlier(self, pair: Pair) -> bool:
        """Say whether a duo of this round continues one of the round before."""
        turned = pair[::-1] if self.inputs.reciprocal else pair
        return turned in self._earlier_pairs or self._is_fixed_again(pair)

    def _changes_of_old_duos(self) -> Iterable[Change]:
        from reverse_match.constraints.allowed_pairs import forbidding_rules

        wanted = [pair for pair in self.inputs.staying if pair_key(pair) not in self._current_duos]
        forbidding = forbidding_rules(
            self.inputs.people, self.after.policy_in_force, wanted, self.after.as_of
        )
        against = {pair_key(pair): rules for pair, rules in zip(wanted, forbidding, strict=True)}
        yield from (
            self._kept_change(duo)
            for pair, duo in self._current_duos.items()
            if self._continues_earlier(pair)
        )
        for duo in self.before.duos:
            if not self._continues(duo):
                yield Change(
                    kind="ended",
                    mentor=duo.mentor,
                    mentee=duo.mentee,
                    score=duo.score,
                    **self._reason_of_end(duo, against),
                )
        yield from self._changes_by_hand({pair for pair, duo in self._current_duos.items() if not duo.fixed})

    def _changes_by_hand(self, back: set[Pair]) -> Iterable[Change]:
        """Yield the duos that somebody ended by hand in the round, and that did not come back in it or now.

        A duo that comes back because the policy fixes it counts as ended and as new.
        """
        ended = {pair_key(duo): duo for amendment in self.before.log for duo in amendment.ended}
        were = {pair_key(duo) for duo in self.before.ended_by_hand}
        for key, duo in ended.items():
            if key in were and key not in self._earlier_pairs and self._swap_roles(duo) not in back:
                why = {"mentor": duo.mentor, "mentee": duo.mentee, "score": duo.score, "reason": "by_hand"}
                yield Change.model_validate({"kind": "ended", **why})

    def _kept_change(self, duo: Duo) -> Change:
        decided = pair_key(duo) in self._decided_pairs
        wanted = pair_key(duo) in self._wanted_pairs
        proposal = self.inputs.proposals[self._swap_roles(duo)] if wanted or decided else None
        return Change(
            kind="kept",
            mentor=duo.mentor,
            mentee=duo.mentee,
            score=duo.score,
            reason="decided" if decided else "both_want_to_keep" if wanted else "fixed",
            format=proposal.format if proposal is not None else None,
            minutes=proposal.minutes if proposal is not None else None,
        )

    def _reason_of_end(self, duo: Duo, against: Mapping[Pair, tuple[str, ...]]) -> dict[str, Any]:
        reason = self._reasons.of(duo)
        if reason is not None:
            return reason
        rules = against[self._swap_roles(duo)]
        return {"reason": "ruled_out", "rules": rules} if rules else {"reason": "better_otherwise"}

    def _new_changes(self) -> Iterable[Change]:
        for pair, duo in self._current_duos.items():
            if self._continues_earlier(pair):
                continue
            ends: list[tuple[Role, str]] = [("mentor", duo.mentor), ("mentee", duo.mentee)]
            waits = {name: self.inputs.waited.get((role, name), 0) for role, name in ends}
            longest = max(waits.values())
            who = sorted(name for name, rounds in waits.items() if rounds == longest)
            joined = sorted(name for _, name in ends if id_key(name) not in self.inputs.were_there)
            why: dict[str, Any] = {"reason": "rotates"}
            if duo.fixed:
                why = {"reason": "fixed"}
            elif longest:
                why = {"reason": "left_out_before", "who": who, "rounds_without": longest}
            elif joined:
                why = {"reason": "joined", "who": joined}
            yield Change(kind="new", mentor=duo.mentor, mentee=duo.mentee, score=duo.score, **why)

    def _waiting_changes(self) -> Iterable[Change]:
        for left in self.after.unmatched:
            if left.reason != "sits_out":
                yield Change.model_validate(
                    {
                        "kind": "waiting",
                        left.role: left.id,
                        "reason": left.reason,
                        "rounds_without": self.inputs.waited.get((left.role, left.id), 0),
                    }
                )
