"""The engine: checklist, rules and assessment. No Qt, no store, no clock."""
