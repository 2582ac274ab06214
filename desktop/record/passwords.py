"""What is wrong with a password or a recovery code, in a sentence for beside the field; nothing if it will do."""

from __future__ import annotations

from db.errors import MistypedCode, ShortPassword
from db.passwords import LENGTH, check_password, new_code, read_code
from desktop.record.words import say

__all__ = ["code_mistake", "is_same_code", "new_code", "password_mistake", "strength_words"]


def password_mistake(password: str, *names: str) -> str:
    """`names` are the user's own: a password made of them is the first that would be tried."""
    try:
        check_password(password)
    except ShortPassword:
        return say(
            "Take at least 12 characters, or four different words; not one letter again and again. "
            "A sentence you can remember is better than signs you can't."
        )
    bare = password.casefold()
    for name in names:
        bare = bare.replace(name.strip().casefold(), "") if len(name.strip()) > 2 else bare
    if len(bare.strip()) < len(password.strip()) / 2:
        return say("It is made mostly of your own name: take other words.")
    return ""


def strength_words(password: str) -> str:
    """No meter: how hard a password is to guess depends on how it was chosen, which nobody can see in it."""
    if not password:
        return say("At least 12 characters, or four words. Length counts; signs and digits are not needed.")
    count, words = len(password.strip()), len(password.split())
    if words > 1:
        return say("{count} characters, {words} words", count=count, words=words)
    return say("1 character") if count == 1 else say("{count} characters", count=count)


def code_mistake(typed: str) -> str:
    try:
        read_code(typed)
    except MistypedCode:
        count = sum(letter.isalnum() for letter in typed)
        if count < LENGTH:
            return say(
                "The code has eight groups of four characters and a last one; this has {count} characters.", count=count
            )
        return say("One of the characters is mistyped: compare it with the printed kit, group by group.")
    return ""


def is_same_code(typed: str, code: str) -> bool:
    return not code_mistake(typed) and read_code(typed) == read_code(code)
