"""Who may do what, for the screens that hide a room or an action."""

from db.roles import Act, Role

__all__ = ["Act", "Role"]
