"""What people, browsers and attackers type."""

from __future__ import annotations

UNSEEN = [
    "",
    "   ",
    "\u200b",
    "\u200d",
    "\ufeff\u200b",
    "\x00",
    "\x00\x01\x1f\x7f\x85",
    "\u202e\u2066",
    "\r",
    "\u2028",
]
NAMES = ["O'Brien", "Nguyễn", "A", "Null", "True", "José", "Jose\u0301", "İ ß ﷺ", "李小龍", "１２３", "٣"]
EMOJI = ["👩‍👩‍👧", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "𝕋𝕖𝕤𝕥" * 12]
LONG = ["x" * 201, "x" * 300, "x" * 2001, "Z" + "\u0301" * 10_000, "x" * 100_000]
CODE = [
    "' OR 1=1--",
    "'; DROP TABLE booking_draft;--",
    "1); SELECT pg_sleep(9);--",
    "<svg onload=alert(1)>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "</textarea><script>alert(1)</script>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "{{7*7}}",
    "{% debug %}",
    "${7*7}",
    "%s %(x)s {0.__class__}",
    "=cmd|'/c calc'!A1",
    "+1+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "a\nATTACH:x",
    "../../etc/passwd",
    "%2e%2e%2f",
    "//evil.example",
    "/\\evil.example",
    "\ufffd",
    "a\u202eb\u2066c",
    "a\x00b",
    "line\r\nline\rline\u2028line",
]
NUMBERS = [
    "-1",
    "32",
    "2147483648",
    "9223372036854775808",
    "1" + "0" * 40,
    "9" * 5000,
    "1e5",
    "NaN",
    "1.5",
    "٣",
]
PHONES = [
    "abc",
    "+",
    "+1",
    "123",
    "9" * 60,
    "(520) 555-0107; DROP",
    "tel:911",
    "+999999999999",
    "5205550107\r\nx",
]
EMAILS = [
    "a@b",
    '"a b"@example.com',
    "ü@exämple.com",
    "a" * 320 + "@example.com",
    "a@example.com\r\nBcc: x@example.com",
    "a@example.com,b@example.com",
    "@",
]
EVERYTHING = [*UNSEEN, *NAMES, *EMOJI, *LONG, *CODE, *NUMBERS, *PHONES, *EMAILS]
