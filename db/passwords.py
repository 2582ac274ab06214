"""What a person types to get in: a password long enough, or the code of the recovery kit."""

from __future__ import annotations

import secrets

from db.errors import MistypedCode, ShortPassword

LETTERS = 12
WORDS = 4
DIFFERENT = 5
CODE_BYTES = 20  # 160 bits
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
CHECKS = ALPHABET + "*~$=U"
READ_AS = str.maketrans("OIL", "011", " -\u2010\u2011\u2012\u2013\u2014\n\r\t")
LENGTH = CODE_BYTES * 8 // 5


def check_password(password: str) -> None:
    words = {word.casefold() for word in password.split() if len(word) > 1}
    long_enough = len(password.strip()) >= LETTERS or len(words) >= WORDS
    if not long_enough or len(set(password)) < DIFFERENT:
        raise ShortPassword


def new_code() -> str:
    """For the recovery kit, as it is printed: eight groups of four and the check character."""
    number = int.from_bytes(secrets.token_bytes(CODE_BYTES))
    letters = "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(LENGTH)))
    groups = [letters[start : start + 4] for start in range(0, LENGTH, 4)]
    return "-".join([*groups, CHECKS[number % len(CHECKS)]])


def read_code(typed: str) -> str:
    """As it was made, however it was typed. Any one wrong character, or two that changed places, is noticed."""
    letters = typed.upper().translate(READ_AS)
    body, check = letters[:LENGTH], letters[LENGTH:]
    if len(check) != 1 or not set(body) <= set(ALPHABET):
        raise MistypedCode
    number = 0
    for letter in body:
        number = number * 32 + ALPHABET.index(letter)
    if CHECKS[number % len(CHECKS)] != check:
        raise MistypedCode
    return letters
