"""A note's text into proposed answers: rules and word lists, no store, no window."""
