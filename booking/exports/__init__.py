"""Ways out for copies of requests: sheets and FHIR. Who may, and that it is on record, is decided above."""
