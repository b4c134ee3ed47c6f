"""Search over the published pages, in the language of the address. What was asked is kept nowhere."""
