"""Commands of the requests, and what they alone use."""
