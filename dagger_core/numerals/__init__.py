"""Numbers as people write them, in Bangla and in English."""

from dagger_core.numerals.constants import KNOWN_CONSTANTS, Constant, implicit_constants
from dagger_core.numerals.mentions import Mention, mentions
from dagger_core.numerals.read import (
    Number,
    TooLarge,
    json_number,
    plain_number,
    read_number,
    same_answer,
)
from dagger_core.numerals.show import localized, show, to_ascii_digits, to_bangla_digits

__all__ = [
    "KNOWN_CONSTANTS",
    "Constant",
    "Mention",
    "Number",
    "TooLarge",
    "implicit_constants",
    "json_number",
    "localized",
    "mentions",
    "plain_number",
    "read_number",
    "same_answer",
    "show",
    "to_ascii_digits",
    "to_bangla_digits",
]
