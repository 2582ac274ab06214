"""Forty strings that break programs."""

HOSTILE = (
    *("<b>bold</b>", "<img src=file:///etc/passwd>", "<script>alert(1)</script>", "&lt;&amp;", "]]>", "<!--"),
    *("'; DROP TABLE patients; --", '" OR ""="', "%s%d%n", "{0.__class__}", "{{7*7}}", "$(id)", "`id`", "\\u0041"),
    *("../../x", "C:\\con\\nul", "a/b\\c:d*e?f", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1"),
    *("\u202eevil", "\u200bzero\u200bwidth", "e\u0301 and é", "ﷺ", "日本語", "👩‍⚕️", "\U0001f9e0" * 20, "א‎ب"),
    *("null", "None", "NaN", "true", "0", "", " ", "line\nline\r\nline", "x" * 10_000, "NULL\x01\x1f"),
)
