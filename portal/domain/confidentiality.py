"""The confidentiality statement: read at the meeting, agreed to once a case."""

from typing import Final

VERSION: Final = 1
"""Grows with every change of the wording; who agreed keeps the words that they agreed to."""

STATEMENT: Final = (
    "What I learn here I use only for this review: to understand the behaviour, its harm, the "
    "response, and to agree what to do. I keep to the handling that its owner gave each item. "
    "I pass something on only if I must: to keep a person safe, because a law or court says so, "
    "or because its owner agrees; and I tell the chair. I don’t tell the applicant, the other "
    "people, or colleagues who have no part in it. I don’t look up the people involved for any "
    "other reason; looks are recorded. The papers belong to the review. If something goes wrong "
    "with them I tell the coordinator today. If I have a link to anyone involved I say so and "
    "leave. I know that information may be asked for later by a court, an ombudsman or the people "
    "themselves."
)

BASIS: Final = (
    "Anti-social Behaviour, Crime and Policing Act 2014, section 104 and Schedule 4, paragraphs 6 "
    "and 7; UK GDPR and Data Protection Act 2018; the area’s information sharing agreement."
)
