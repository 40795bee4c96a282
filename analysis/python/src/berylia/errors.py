"""What goes wrong for the reader's user, and names that were nearly right."""
from __future__ import annotations

import difflib
from typing import Iterable, Optional, Sequence


class BeryliaError(ValueError):
    """Bad input: "<problem> (<why>) <what to do>"."""


def closest(wanted: str, codes: Sequence[str], names: Optional[Sequence[str]] = None) -> Optional[int]:
    """Position of what `wanted` probably means; `codes` and `names` are of the same things in the same order."""
    for candidates in (codes, names or ()):
        folded = [c.casefold() for c in candidates]
        if wanted.casefold() in folded:
            return folded.index(wanted.casefold())
        if len(wanted) > 2:
            begun = [i for i, c in enumerate(folded) if c.startswith(wanted.casefold())]
            if len(begun) == 1:
                return begun[0]
        near = difflib.get_close_matches(wanted.casefold(), folded, n=1, cutoff=0.6)
        if near:
            return folded.index(near[0])
    return None


def listed(names: Iterable[str], most: int = 40) -> str:
    """The names with commas, the rest of a long list as a number."""
    all_names = list(names)
    more = f", ... ({len(all_names) - most} more)" if len(all_names) > most else ""
    return ", ".join(all_names[:most]) + more


def index_of(wanted: str, kind: str, codes: Sequence[str], names: Optional[Sequence[str]] = None) -> int:
    """Position of `wanted` in `codes`; BeryliaError with a suggestion where it is not there."""
    if wanted in codes:
        return list(codes).index(wanted)
    meant = closest(str(wanted), codes, names)
    if meant is None:
        advice = f"choose one of: {listed(codes)}" if codes else "there are none at all"
    else:
        long_name = f" ({names[meant]})" if names and names[meant] != codes[meant] else ""
        advice = f'did you mean "{codes[meant]}"{long_name}?'
    raise BeryliaError(f'unknown {kind} "{wanted}" (the results have none of that name) {advice}')
