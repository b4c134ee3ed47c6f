"""The patient's way to a request, from the first question to the confirmation."""
