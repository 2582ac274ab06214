"""What is printed: drawn from the frozen assessment, with no Qt, no store and no clock."""
