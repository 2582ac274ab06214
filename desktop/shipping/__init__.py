"""How Backstop becomes something people can install. Never imported by the program."""
