"""Ready texts of the demonstration: neutral, visibly to be edited, and without any medical promise."""

from __future__ import annotations

from typing import Final

from booking.models import ReadyText
from booking.rules.transitions import Verb

TEXTS: Final = (
    ("Demo: when can we call?", Verb.ASK_PATIENT,
     "We would like to talk with you. What days and times are good for a call?",
     "Nos gustaría hablar con usted. ¿Qué días y a qué horas le podemos llamar?"),
    ("Demo: records from another office", Verb.ASK_PATIENT,
     "Has another office taken pictures or treated this pain? Write us its name and city.",
     "¿Le han tomado imágenes o le han tratado este dolor en otro consultorio? "
     "Escríbanos el nombre y la ciudad."),
    ("Demo: your medicines", Verb.ASK_PATIENT,
     "What medicines do you take now? Write us the names, how much, and how often.",
     "¿Qué medicinas toma ahora? Escríbanos los nombres, cuánto toma y cada cuánto."),
    ("Demo: thank you, we read it", Verb.ANSWER,
     "Thank you. We have read what you wrote, and go on from here.",
     "Gracias. Leímos lo que nos escribió y seguimos desde aquí."),
    ("Demo: what to bring", Verb.ANSWER,
     "Bring a photo ID, your insurance card if you have one, and a list of your medicines.",
     "Traiga una identificación con foto, su tarjeta de seguro si tiene y una lista de sus medicinas."),
)  # fmt: skip


def make_texts() -> None:
    """Make the texts that are not there yet."""
    for title, verb, english, spanish in TEXTS:
        ReadyText.objects.get_or_create(
            title=title, defaults={"verb": verb, "english": english, "spanish": spanish}
        )
