"""Ways out: messages to patients and staff."""
