"""When the clinic is open and its clinicians see patients: read by every door, decided by none."""
