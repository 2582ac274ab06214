"""The store: patients, encounters and answers in one encrypted file. Knows nothing of Qt or of the engine."""
