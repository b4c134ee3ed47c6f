"""What holds in this clinic, as plain Python data with its source. No database, no HTTP."""
