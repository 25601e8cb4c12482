"""The pages, one folder for those who use them; a view asks a service and fills a template."""

from flask import Flask

from portal.config import Config
from portal.views.account import routes as account
from portal.views.adequacy import routes as adequacy
from portal.views.agenda import routes as agenda
from portal.views.cases import routes as cases
from portal.views.chair import attendance as chair
from portal.views.clocks import calendar
from portal.views.clocks import routes as clocks
from portal.views.closing import routes as closing
from portal.views.consent import routes as consent
from portal.views.coordinator import routes as coordinator
from portal.views.details import routes as details
from portal.views.documents import pdf as pdfs
from portal.views.documents import routes as documents
from portal.views.files import routes as files
from portal.views.front_door import routes as front_door
from portal.views.front_door import self_check
from portal.views.home import routes as home
from portal.views.imports import routes as imports
from portal.views.incidents import routes as incidents
from portal.views.incidents import states as report_states
from portal.views.items import routes as items
from portal.views.letters import routes as letters
from portal.views.live import routes as live
from portal.views.looking import routes as looking
from portal.views.meetings import answers as invite_answers
from portal.views.meetings import rooms
from portal.views.meetings import routes as meetings
from portal.views.messages import routes as messages
from portal.views.mine import answering
from portal.views.mine import keys as applicant_keys
from portal.views.mine import routes as mine
from portal.views.mine import writing as own
from portal.views.minutes import routes as minutes
from portal.views.opening import routes as opening
from portal.views.opening import statements
from portal.views.panel import membership
from portal.views.panel import routes as panel
from portal.views.papers import requests as information_requests
from portal.views.papers import routes as papers
from portal.views.plan import changing as plan_changing
from portal.views.plan import consulting
from portal.views.plan import routes as plan
from portal.views.post import links as linked_papers
from portal.views.post import routes as post
from portal.views.powers import agreed as powers
from portal.views.powers import routes as guide
from portal.views.public_pages import routes as public_pages
from portal.views.receipt import inboxes, related
from portal.views.receipt import routes as receipt
from portal.views.request import by_phone
from portal.views.request import equality as request_equality
from portal.views.request import files as files_of_request
from portal.views.request import incidents as request_incidents
from portal.views.request import routes as request
from portal.views.request import talk as request_talk
from portal.views.risk import routes as risk
from portal.views.schemes import draft as scheme_draft
from portal.views.schemes import routes as schemes
from portal.views.search import routes as search
from portal.views.support import routes as support
from portal.views.support import supporting
from portal.views.telling import closing as meeting_closing
from portal.views.telling import routes as telling
from portal.views.templates import routes as templates

_ROOMS = (
    front_door,
    account,
    home,
    cases,
    clocks,
    closing,
    calendar,
    coordinator,
    details,
    consent,
    incidents,
    report_states,
    imports,
    panel,
    membership,
    items,
    chair,
    telling,
    meeting_closing,
    plan,
    letters,
    documents,
    risk,
    looking,
    schemes,
    scheme_draft,
    search,
    minutes,
    guide,
    powers,
    agenda,
    live,
    meetings,
    invite_answers,
    rooms,
    statements,
    opening,
    support,
    supporting,
    adequacy,
    papers,
    information_requests,
    templates,
    pdfs,
    consulting,
    plan_changing,
    post,
    linked_papers,
    self_check,
    public_pages,
    files,
    request,
    request_incidents,
    files_of_request,
    request_equality,
    request_talk,
    by_phone,
    receipt,
    inboxes,
    related,
    mine,
    own,
    applicant_keys,
    answering,
)


def register(app: Flask) -> None:
    """Add every page to the app; that of sent messages only to a demonstration."""
    for room in _ROOMS:
        app.register_blueprint(room.bp)
    linked_papers.init_app(app)
    self_check.init_app(app)
    request.init_app(app)
    config: Config = app.extensions["portal_config"]
    if config.demo:
        app.register_blueprint(messages.bp)
