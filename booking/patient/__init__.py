"""My request: the patient's page behind a private link. It shows little, and no answer of the form."""
