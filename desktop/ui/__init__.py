"""The window: one widget per file, named after what the GP sees. Widgets keep no answers: they draw what they get."""
