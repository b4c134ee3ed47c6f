"""What the shipped texts say, as a patient reads them."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils import translation

from tests.treatments.shipped.shipped import CONDITIONS, PAGES, prose, read
from treatments.models import Clinic, Condition, Indication, Page, Source
from treatments.pages.rendering import page_context
from treatments.selfcheck.options import OPTIONS
from treatments.selfcheck.questions import Pain
from treatments.urls import PAGES as PLAIN_PAGES

CITED = 'href="#source-'
OFF_LABEL = (
    "The FDA has not approved BOTOX for this use. Doctors may still prescribe it. "
    "This is called off-label use."
)
# Claims of the article that the site grew from, and others that nobody can stand behind.
OVERCLAIMS = (
    "pain-free|silenc|safe and targeted|blissful|glide effortlessly|non-invasive|low-risk|"
    "minimal side effects|"
    r"barely feel|mosquito|superpower|game-changer|the answer\b|life sentence|life free from|weapon|warrior|"
    "touch-up|subscription|root cause|bad seafood|mini-vacation|almost immediately|guarantee|miracle|"
    "one thing.s for sure|without affecting other areas|within a few days|conquer"
)
# Sections that say how the site or a visit goes, when to call, or what to ask: no fact from a study.
WITHOUT_CLAIMS = {
    "back-pain": {"alert", "visit", "questions"},
    "botox": {"first-step"},
    "candidate": {"check"},
    "conditions": {"labels", "other"},
    "evidence": {"grades", "change", "review"},
    "faq": {"more"},
    "home": {"how", "call-911", "plan", "closing"},
    "how-it-works": {"when", "next"},
    "migraine": {"alert"},
    "tension-headache": {"alert", "visit", "questions"},
    "tmj": {"alert", "visit", "questions"},
    "your-visit": {"before", "bring", "interpreter", "questions"},
}
ANSWERS_WITHOUT_CLAIMS = {"book", "who", "candidate", "interpreter"}
# The self-check has a view of its own.
ADDRESSES = {*PLAIN_PAGES, "candidate"}
# The header leads to these.
IN_THE_MENU = {"home", "conditions", "faq"}


def test_every_page_of_the_site_has_its_text():
    assert set(PAGES) == {*ADDRESSES, *CONDITIONS}


@pytest.mark.parametrize("key", PAGES)
def test_every_citation_leads_to_a_numbered_source_and_back(pages, key):
    context = pages[key][0]
    text = pages[key][1]
    cited = set(re.findall(r'href="#source-([a-z0-9-]+)"', text))
    sources = context["sources"]
    assert cited <= {source.key for source in sources}
    assert [source.number for source in sources] == list(range(1, len(sources) + 1))
    assert all(f'id="{ref}"' in text for source in sources for ref in source.backrefs)
    met = list(dict.fromkeys(re.findall(r'href="#source-([a-z0-9-]+)"', text)))
    assert [key for key in met if key in cited] == [s.key for s in sources if s.key in cited]


def test_every_section_with_a_claim_names_its_source(pages):
    uncited = {
        key: {section.anchor for section in context["sections"] if CITED not in section.html}
        for key, (context, _text) in pages.items()
        if context["page"].is_health
    }
    assert {key: anchors for key, anchors in uncited.items() if anchors} == WITHOUT_CLAIMS


def test_every_answer_with_a_claim_names_its_source(pages):
    faqs = pages["faq"][0]["faqs"]
    assert {faq.anchor for faq in faqs if CITED not in faq.answer_html} == ANSWERS_WITHOUT_CLAIMS


def test_what_a_price_page_says_of_the_law_names_its_source(pages):
    sections = {section.anchor: section.html for section in pages["costs"][0]["sections"]}
    assert "#source-cfr-149-610" in sections["good-faith-estimate"]


@pytest.mark.parametrize("key", PAGES)
def test_links_lead_to_a_section_that_is_there(pages, key):
    places = {Page.objects.get(key=other).get_absolute_url(): other for other in PAGES}
    for link in map(urlsplit, re.findall(r'href="(/[^"]*)"', pages[key][1])):
        assert link.path in places, f"no page at {link.path}"
        anchors = {section.anchor for section in pages[places[link.path]][0]["sections"]}
        assert link.fragment in {"", *anchors}, f"no #{link.fragment} at {link.path}"


@pytest.mark.parametrize("key", sorted(ADDRESSES - IN_THE_MENU))
def test_the_text_of_another_page_leads_to_it(pages, key):
    address = f'href="{reverse(f"treatments:{key}")}'
    assert any(address in pages[other][1] for other in PAGES if other != key)


@pytest.mark.parametrize("key", PAGES)
def test_the_list_of_contents_stays_short(pages, key):
    entries = [section for section in pages[key][0]["sections"] if section.anchor != "alert"]
    assert len(entries) <= 8


def test_every_source_is_cited_somewhere(content, pages):
    cited = {source.key for key in PAGES for source in pages[key][0]["sources"]}
    assert set(Source.objects.values_list("key", flat=True)) == cited


@pytest.mark.parametrize("key", PAGES)
def test_no_claim_that_nobody_can_stand_behind(pages, key):
    context, text = pages[key]
    text = f"{context['page'].title} {context['page'].description} {text}"
    assert re.findall(OVERCLAIMS, text, flags=re.IGNORECASE) == []


def test_only_chronic_migraine_is_approved(content):
    approved = Indication.objects.filter(status="approved")
    assert [(use.condition.slug, use.key) for use in approved] == [("migraine", "chronic")]


def test_episodic_migraine_has_not_been_shown_to_help(content):
    use = Indication.objects.get(condition__slug="migraine", key="episodic")
    assert (use.status, use.grade, use.grade_label_en) == ("off-label", 0, "has not been shown to help")


def test_grades_follow_the_strength_of_the_proof(content):
    grades = {c.slug: c.lead_indication.grade for c in Condition.objects.all()}
    assert grades == {"migraine": 4, "tension-headache": 2, "tmj": 2, "back-pain": 1}


@pytest.mark.parametrize("key", [*CONDITIONS, "botox", "candidate", "evidence", "how-it-works"])
def test_off_label_use_is_said_in_plain_words(pages, key):
    assert OFF_LABEL in pages[key][1]


@pytest.mark.parametrize(
    "key", ["tension-headache", "back-pain", "tmj", "botox", "candidate", "how-it-works"]
)
def test_off_label_pages_say_that_the_proof_is_weaker(pages, key):
    assert f"{OFF_LABEL} The proof is weaker than for chronic migraine." in pages[key][1]


@pytest.mark.parametrize("key", [*CONDITIONS, "botox", "home", "safety"])
def test_the_boxed_warning_is_there_in_full(pages, key):
    text = pages[key][1]
    for part in (
        "hours to weeks later",
        "life-threatening",
        "Deaths have been reported",
        'class="fda-warning"',
    ):
        assert part in text
    for sign in ("double vision", "droopy eyelid", "hoarse voice", "bladder", "swallowing", "breathing"):
        assert sign in text


def test_the_boxed_warning_opens_the_page_on_safety(pages):
    first = pages["safety"][0]["sections"][0]
    assert first.html.startswith('<section class="fda-warning">')


def test_that_no_spread_was_confirmed_is_said_of_chronic_migraine_alone(pages):
    said = "No serious case of spread has been confirmed at the dose advised for chronic migraine."
    assert [key for key in PAGES if "No serious case of spread" in pages[key][1]] == ["migraine", "safety"]
    assert all(said in pages[key][1] for key in ("migraine", "safety"))
    assert "This does not tell us about off-label use" in pages["safety"][1]


@pytest.mark.parametrize("key", CONDITIONS)
def test_a_condition_page_has_all_its_parts(pages, key):
    anchors = [section.anchor for section in pages[key][0]["sections"]]
    assert anchors == [
        *("alert", "what-it-is", "try-first", "how-well", "side-effects"),
        *("visit", "avoid", "questions", "help"),
    ]


@pytest.mark.parametrize("key", CONDITIONS)
def test_the_answer_comes_first_in_two_sentences(pages, key):
    lead = prose(f"<p>{pages[key][0]['page'].lead_html}</p>")
    assert 1 <= len(re.findall(r"[.?!](\s|$)", lead)) <= 2


@pytest.mark.parametrize("key", PAGES)
def test_the_first_use_of_the_name_carries_mark_and_substance(pages, key):
    text = re.sub(r"<[^>]+>", "", pages[key][1])
    assert text.find("BOTOX") == text.find("BOTOX® (onabotulinumtoxinA)")


@pytest.mark.parametrize("key", ["tension-headache", "back-pain", "tmj", "how-it-works", "safety"])
def test_where_no_figure_exists_the_page_says_so(pages, key):
    assert "There is no reliable figure" in pages[key][1]


def test_numbers_stand_beside_placebo(pages):
    text = pages["migraine"][1]
    assert "9.0" in text
    assert "6.7" in text
    assert "missed its main goal" in text
    assert "The maker paid for 16 of the trials" in text


@pytest.mark.parametrize(
    "unconfirmed",
    [
        "9%",
        "7.8",
        "retired",
        "31,?000",
        "first week",
        "15 minutes",
        "10 minutes",
        "Poison",
        "insurance often",
    ],
)
def test_figures_that_nobody_confirmed_stay_off_the_site(pages, unconfirmed):
    assert [key for key in PAGES if re.search(unconfirmed, pages[key][1])] == []


def test_what_the_clinic_does_is_hidden_until_it_says_so(content):
    assert "At this clinic" not in "".join(read(key)[1] for key in PAGES)
    Clinic.objects.update(stopping_note_en="We stop after two rounds without gain.")
    assert "We stop after two rounds without gain." in read("migraine")[1]
    assert "We stop" not in read("tmj")[1]


def paragraphs_with(word: str, text: str) -> list[str]:
    return [found for found in re.findall(r"<(?:p|li)>.*?</(?:p|li)>", text, re.DOTALL) if word in found]


def test_the_jaw_page_names_a_splint_with_the_guideline_that_advises_against_it(pages):
    [found] = paragraphs_with("splint", pages["tmj"][1])
    said = re.search(r"advises against it for most people\.<sup[^>]*><a[^>]*#source-([a-z0-9-]+)", found)
    assert said and said[1] == "busse-2023"
    assert not any("splint" in str(option.words) for option in OPTIONS[Pain.TMJ])


def test_topiramate_is_offered_with_what_it_can_do_to_an_unborn_baby(pages):
    [found] = paragraphs_with("Common ones are topiramate", pages["migraine"][1])
    assert "can harm an unborn baby" in found and "#source-mhra-2024" in found
    assert "Do not stop it on your own." in found


def test_the_shots_by_muscle_add_up(pages):
    rows = re.findall(r"<td>([0-9]+)</td>\s*<td>([0-9]+)</td>\s*</tr>", pages["migraine"][1])
    *muscles, total = [(int(shots), int(units)) for shots, units in rows]
    assert len(muscles) == 7
    assert total == (31, 155) == tuple(map(sum, zip(*muscles, strict=True)))


def test_the_self_check_never_decides(pages):
    text = re.sub(r"<[^>]+>", "", pages["candidate"][1])
    assert "Only a clinician can tell" in text
    assert "Your answers are not stored." in text
    assert not re.search("you qualify|you are eligible|you are a candidate", text, flags=re.IGNORECASE)


def test_the_notice_of_privacy_practices_has_the_header_that_the_law_sets(pages):
    """45 CFR 164.520(b)(1)(i)(A)."""
    assert (
        "THIS NOTICE DESCRIBES HOW MEDICAL INFORMATION ABOUT YOU MAY BE USED AND DISCLOSED AND HOW YOU CAN "
        "GET ACCESS TO THIS INFORMATION. PLEASE REVIEW IT CAREFULLY."
    ) in pages["notice-of-privacy-practices"][0]["sections"][0].html


@pytest.mark.parametrize(
    "key", ["privacy", "accessibility", "nondiscrimination", "notice-of-privacy-practices"]
)
def test_legal_texts_are_visibly_templates(pages, key):
    assert pages[key][0]["page"].is_template
    assert "[Clinic to complete: " in pages[key][1]


def test_the_faq_answers_at_least_twelve_questions(pages):
    assert len(pages["faq"][0]["faqs"]) >= 12


def test_without_spanish_the_english_stands_in_and_the_page_says_that_spanish_is_not_ready(content):
    Page.objects.filter(key="tmj").update(title_es="", lead_es="")
    with translation.override("es"):
        context = page_context(Page.objects.get(key="tmj"))
    assert context["page"].title == "Does BOTOX help jaw pain?"
    assert context["spanish_ready"] is False
