"""How dates, times and numbers are written for patients in Arizona."""
