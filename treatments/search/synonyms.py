"""Words that patients use for the same thing, by language. A search for one finds the others too.

All are written as folded by treatments.search.plain.fold: small letters, no accents.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

Group = tuple[str, ...]

GROUPS: Final[Mapping[str, tuple[Group, ...]]] = {
    "en": (
        ("tmj", "tmd", "jaw pain", "jaw joint", "bruxism", "clenching", "teeth grinding", "grinding teeth"),
        (
            "price",
            "cost",
            "costs",
            "pay",
            "payment",
            "bill",
            "fee",
            "insurance",
            "coverage",
            "self-pay",
            "afford",
        ),
        ("shot", "shots", "injection", "injections", "needle", "needles", "jab"),
        ("migraine", "migraines", "migrane", "migrain"),
        ("headache", "headaches", "head pain", "head ache"),
        ("tension headache", "stress headache", "tight band"),
        ("back pain", "backache", "lumbago", "lower back", "low back"),
        ("doctor", "clinician", "clinicians", "physician", "provider", "who treats"),
        ("appointment", "consultation", "visit", "book", "booking", "schedule"),
        ("side effect", "side effects", "risk", "risks", "danger", "dangerous", "harm", "safe", "safety"),
        ("droopy eyelid", "drooping eyelid", "ptosis", "eyelid"),
        ("pill", "pills", "medicine", "medicines", "medication", "drug", "drugs", "tablet"),
        ("pregnant", "pregnancy", "breastfeeding", "nursing", "baby"),
        ("address", "location", "where", "directions", "parking", "map"),
        ("phone", "number", "call", "contact"),
        ("hours", "open", "opening hours", "closed"),
        ("hurt", "hurts", "painful", "sting", "stings", "soreness"),
        ("candidate", "eligible", "who can", "right for me", "qualify"),
        ("work", "works", "working", "effective", "results", "evidence", "proof", "studies"),
        ("how long", "last", "lasts", "wears off", "every 12 weeks"),
        ("privacy", "hipaa", "my data"),
        ("interpreter", "language", "spanish", "translator"),
        ("wheelchair", "disability", "accessible", "accessibility"),
        ("physical therapy", "physiotherapy", "exercise", "exercises"),
    ),
    "es": (
        (
            "tmj",
            "tmd",
            "atm",
            "dolor de mandibula",
            "mandibula",
            "quijada",
            "bruxismo",
            "rechinar",
            "apretar",
        ),
        (
            "precio",
            "costo",
            "costos",
            "coste",
            "pagar",
            "pago",
            "cuanto cuesta",
            "seguro",
            "aseguranza",
            "cobertura",
        ),
        ("inyeccion", "inyecciones", "aguja", "agujas", "piquete", "piquetes", "pinchazo"),
        ("migrana", "migranas", "jaqueca", "jaquecas"),
        ("dolor de cabeza", "dolores de cabeza", "cefalea"),
        ("dolor de cabeza tensional", "cefalea tensional", "cefalea de tension", "estres"),
        ("dolor de espalda", "espalda", "lumbago", "cintura"),
        ("doctor", "doctora", "medico", "medica", "profesional"),
        ("cita", "consulta", "visita", "reservar", "agendar"),
        (
            "efecto secundario",
            "efectos secundarios",
            "riesgo",
            "riesgos",
            "peligro",
            "peligroso",
            "seguridad",
        ),
        ("parpado caido", "parpado", "ptosis"),
        ("pastilla", "pastillas", "medicina", "medicinas", "medicamento", "medicamentos", "tableta"),
        ("embarazada", "embarazo", "lactancia", "amamantar", "dar pecho", "bebe"),
        ("direccion", "ubicacion", "donde", "como llegar", "estacionamiento", "mapa"),
        ("telefono", "numero", "llamar", "contacto"),
        ("horario", "horarios", "horas", "abierto", "cerrado"),
        ("duele", "doler", "dolorosa", "ardor"),
        ("candidato", "candidata", "quien puede", "me sirve"),
        ("funciona", "sirve", "eficaz", "efectivo", "resultados", "pruebas", "estudios"),
        ("cuanto dura", "dura", "duracion", "cada 12 semanas"),
        ("privacidad", "hipaa", "mis datos"),
        ("interprete", "idioma", "ingles", "traductor"),
        ("silla de ruedas", "discapacidad", "accesibilidad"),
        ("terapia fisica", "fisioterapia", "ejercicio", "ejercicios"),
    ),
}

# On every page of this site: beside another word they narrow nothing down.
EVERYWHERE: Final = frozenset({"botox", "onabotulinumtoxina", "clinic", "clinica"})
