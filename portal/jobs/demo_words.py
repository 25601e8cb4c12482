"""What the fictional offices of the demonstration say of themselves in every letter."""

from portal.domain.letters import Topic

_OMBUDSMEN = {
    Topic.COUNCIL: "you can go to the Local Government and Social Care Ombudsman, 01632 960401. "
    "They look at the council’s part only.",
    Topic.HOUSING: "you can go to the Housing Ombudsman, 01632 960402. A landlord has two stages: "
    "it answers within 10 working days after it has acknowledged your complaint, and if you ask "
    "again within 20.",
    Topic.HEALTH: "you can go to the Parliamentary and Health Service Ombudsman, 01632 960403.",
    Topic.POLICE: "you can ask for a review. It must arrive within 28 days, counted from the day "
    "after the date on their letter about your complaint. The letter says where to send it.",
}
WHARROWDALE = {
    Topic.POST: "Wharrow House, 4 Mill Lane, Wharrowdale WH1 4ZZ",
    Topic.COMPLAINTS: "The council: 01632 960411. Your landlord: the number on your rent letter. "
    "The police: 01632 960412. The local NHS: 01632 960413.",
    **_OMBUDSMEN,
    Topic.APPEAL: "People from the public who did not take this decision will look at it. They "
    "will write to you within 14 days.",
    Topic.SUPPORT: "Wharrow Victim Care, 01632 960177, helps people in your position.",
}
SEVERNREACH = {
    Topic.POST: "Quay House, 1 Harbour Steps, Severnreach SR2 9ZZ",
    Topic.COMPLAINTS: "The council: 01632 960421. Your landlord: the number on your rent letter. "
    "The police: 01632 960422. The local NHS: 01632 960423.",
    **_OMBUDSMEN,
    Topic.APPEAL: "People who did not take this decision will look at it. They will write to you "
    "within 14 days.",
    Topic.SUPPORT: "Severnreach Victim Care, 01632 960377, helps people in your position.",
}
