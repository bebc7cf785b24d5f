"""Cardinal numbers from tokens: 12, twenty-five, দুই লক্ষ বিশ হাজার, সাড়ে তিনশ, 2.5 million."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from dagger_core.numerals.scan import Token, Tokens, simple
from dagger_core.numerals.words import Exact

CARDINAL = frozenset({"number", "small", "one", "article", "shift"})
AND = frozenset({" and ", "-and-", " & "})
_AFTER_WORD = frozenset({"small", "one"})
_AFTER_SCALE = _AFTER_WORD | {"shift", "number"}


class Cardinal(NamedTuple):
    """The value of tokens i to `next` - 1; `coefficient` is 2.5 in 2.5 million."""

    value: Exact
    next: int
    coefficient: Exact | None = None


@dataclass(slots=True)
class _Sum:
    """A number being built: finished scale groups, the open group, and what may follow."""

    total: Exact = 0
    group: Exact | None = None
    #: What is added next must be below this.
    room: int = 0
    #: The last scale above a hundred, and the largest.
    scale: int | None = None
    largest: int = 0

    @property
    def value(self) -> Exact:
        return simple(self.total + (self.group or 0))

    def add(self, value: Exact, tens: bool) -> bool:
        """Adds a number below the room left (five in "two hundred five"), if it is one."""
        if (self.total or self.group) and not (value % 1 == 0 and 0 < value < self.room):
            return False
        if self.group is not None and not self.room:
            return False
        self.group = (self.group or 0) + value
        self.room = 10 if tens else 0
        return True

    def multiply(self, scale: int) -> bool:
        """Multiplies by a scale (hundred, লক্ষ), if what is there can be multiplied by it."""
        if scale == 100:
            if self.group is None or self.group >= 100:
                return False
            self.group *= 100
        elif self.scale is not None and scale >= self.scale:
            if scale <= self.largest:
                return False
            self.total, self.group = (self.total + (self.group or 0)) * scale, None
        else:
            if self.group is None:
                return False
            self.total, self.group = self.total + self.group * scale, None
        self.scale = scale if scale > 100 else self.scale
        self.largest = max(self.largest, scale)
        self.room = scale
        return True

    def fits_before(self, scale: int) -> bool:
        """Whether a number added now may itself be multiplied by the scale."""
        return self.group is None if scale == 100 else self.scale is None or scale < self.scale


def cardinal(tokens: Tokens, i: int) -> Cardinal | None:
    """The longest cardinal that begins at token i, or None (a shift with nothing to shift)."""
    built = _Sum()
    j = i
    while j < len(tokens) and (j == i or _continues(tokens, j, built)):
        if tokens[j].role == "scale":
            if not built.multiply(int(tokens[j].value)):
                break
            j += 1
            continue
        base = _base(tokens, j)
        if base is None or not built.add(base.value, _is_tens(tokens[j])):
            break
        j = base.next
    if j == i:
        return None
    scaled = j == i + 2 and tokens[j - 1].role == "scale" and tokens[j - 1].value != 100
    return Cardinal(built.value, j, tokens[i].value if scaled else None)


def _continues(tokens: Tokens, j: int, built: _Sum) -> bool:
    """Whether token j may belong to the cardinal that is being built."""
    token = tokens[j]
    if token.role == "scale":
        return bool(tokens.joined(j))
    after_scale = tokens[j - 1].role == "scale"
    link = tokens.gap(j) in AND and after_scale
    if not link and not tokens.joined(j):
        return False
    if token.role not in (_AFTER_SCALE if after_scale and not link else _AFTER_WORD):
        return False
    # "two hundred and five hundred" are two numbers.
    follows_scale = tokens.joined(j + 1) == "scale"
    return not follows_scale or built.fits_before(int(tokens[j + 1].value))


def _base(tokens: Tokens, j: int) -> Cardinal | None:
    """The number at token j, with its shift: তিন, সাড়ে তিন, পৌনে (ঘণ্টা)."""
    token = tokens[j]
    if token.role != "shift":
        return Cardinal(token.value, j + 1) if token.role in CARDINAL else None
    if tokens.joined(j + 1) in ("small", "one", "number"):
        return Cardinal(tokens[j + 1].value + token.value, j + 2)
    # সওয়া ঘণ্টা is an hour and a quarter, পৌনে ঘণ্টা three quarters of one; সাড়ে needs a number.
    quarter = abs(token.value) == Fraction(1, 4)
    return Cardinal(1 + token.value, j + 1) if quarter else None


def _is_tens(token: Token) -> bool:
    return token.word.endswith("ty") and token.role == "small"
