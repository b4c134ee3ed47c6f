"""Makes vocabulary.json, the part of schema.org that the site's structured data may draw on.

    npm pack schema-dts@2.1.0 && tar xzf schema-dts-2.1.0.tgz
    python tests/data/schema_org/make_vocabulary.py package/dist/schema.d.ts

schema-dts (Google) is schema.org written down as TypeScript types. Kept are the types in ROOTS, all their
ancestors, and the types that values of their properties may have by name; each with its own properties and
the types of value that each property takes.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

ROOTS = (
    *(
        "MedicalWebPage",
        "WebPage",
        "AboutPage",
        "ContactPage",
        "WebSite",
        "MedicalCondition",
        "MedicalTherapy",
    ),
    *("MedicalSignOrSymptom", "ApprovedIndication", "MedicalIndication", "Drug", "MedicalClinic", "Person"),
    *("EducationalOccupationalCredential", "PostalAddress", "OpeningHoursSpecification", "BreadcrumbList"),
    *("ListItem", "CreativeWork", "ScholarlyArticle", "MedicalContraindication", "Physician", "FAQPage"),
)
INTERFACE = re.compile(
    r"^(?:export )?interface (\w+?)(Base|Leaf)(?: extends ([^{]+))? \{(.*?)^\}", re.M | re.S
)
PROPERTY = re.compile(r'^    "(\w+)"\?: SchemaValue<(.+), "\w+">;', re.M)
UNION = re.compile(r"^export type (\w+) = (.+);", re.M)
NAME = re.compile(r"\b[A-Z]\w*\b")


def main(source: Path) -> None:
    """Write vocabulary.json beside this file."""
    text = source.read_text(encoding="utf-8")
    types: dict[str, dict] = {}
    for name, _kind, parents, body in INTERFACE.findall(text):
        found = types.setdefault(name, {"parents": [], "properties": {}})
        named = [parent.strip().removesuffix("Base") for parent in parents.split(",") if parent.strip()]
        found["parents"] += [p for p in named if p not in (name, "Partial<IdReference>") and p.isidentifier()]
        for key, values in PROPERTY.findall(body):
            found["properties"][key] = sorted(set(NAME.findall(values)) - {"IdReference"})
    for name, union in UNION.findall(text):
        # A type without properties of its own skips its parent in the interfaces; the unions tell.
        for child in set(NAME.findall(union)) & set(types) - {name}:
            types[child]["parents"].append(name)
    for one in types.values():
        one["parents"] = sorted(set(one["parents"]) & set(types))
    members = {name: sorted(set(re.findall(r'"([A-Z]\w+)"', union))) for name, union in UNION.findall(text)}
    kept = _with_ancestors(types, ROOTS)
    named = {value for name in kept for values in types[name]["properties"].values() for value in values}
    vocabulary = {
        "types": {name: types[name] for name in sorted(kept)},
        # Enough to tell whether a type may stand where another one is asked for.
        "parents": {
            name: types[name]["parents"] for name in sorted(_with_ancestors(types, named & set(types)))
        },
        "enumerations": {name: members[name] for name in sorted(named) if members.get(name)},
    }
    target = Path(__file__).parent / "vocabulary.json"
    target.write_text(json.dumps(vocabulary, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _with_ancestors(types: dict[str, dict], names) -> set[str]:
    found, waiting = set(), list(names)
    while waiting:
        name = waiting.pop()
        if name not in found and name in types:
            found.add(name)
            waiting += types[name]["parents"]
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]))
