from pathlib import Path

import pytest
from flask import Flask, flash, render_template, render_template_string, request

from portal.web import filters, headers
from portal.web.fields import (
    CheckboxesField,
    CheckboxField,
    Choice,
    DateField,
    EmailField,
    IntegerField,
    LongTextField,
    PassphraseField,
    RadioField,
    Required,
    RequiredWhen,
    SelectField,
    TextField,
    TimeField,
    UploadField,
)
from portal.web.forms import VersionedForm

ROOT = Path(__file__).parents[2]
AGENCIES = [Choice("police", "Wharrow Valley Police"), Choice("homes", "Tollgate Homes")]


class SampleForm(VersionedForm):
    place = TextField(
        "Place", [Required("Enter the place")], description="Street or park", size="m", width=20
    )
    story = LongTextField("What happened?", description="In your words", max_length=300)
    email = EmailField("Email address", description="We write to it once")
    passphrase = PassphraseField("Passphrase", description="At least 12 characters")
    people = IntegerField("Number of people", description="Children too", least=1, most=50)
    when = DateField(
        "When did it happen?",
        [Required("Enter the day it happened")],
        what="The day it happened",
        description="For example, 9 11 2026",
        size="m",
    )
    at = TimeField("At what time?", description="Like 10am or 2:30pm")
    told = RadioField(
        "May the applicant be told?",
        [Required("Select whether the applicant may be told")],
        description="A separate question",
        choices=[
            Choice("no", "No", hint="Not on any page."),
            Choice("in_these_words", "Yes, in these words", reveal="words"),
        ],
        size="m",
    )
    words = LongTextField(
        "Words for Noor",
        [RequiredWhen("told", "in_these_words", "Write the words for Noor, or choose “No”")],
        description="Write to her",
    )
    agencies = CheckboxesField("Which agencies?", choices=AGENCIES, description="Any of them")
    owner = SelectField(
        "Who owns it?",
        [Required("Select who owns it")],
        description="Only people on the case",
        blank="Choose a person",
        choices=[
            Choice("okafor", "Sgt Daniel Okafor", group="Here now"),
            Choice("rao", "Sunita Rao", group="Not here"),
        ],
    )
    file = UploadField("Add a file", description="Up to 20 MB", accept=".pdf")
    sure = CheckboxField(
        "I have read it", [Required("Tick the box when you have read it")], description="All of it"
    )


FIELDS = (
    "{% for f in form if f not in form.hidden_fields() and f.name != 'words' %}"
    "{{ f() }}{% endfor %}"
)
PAGE = (
    '{% extends "layouts/base.html" %}{% block title %}Sample{% endblock %}{% block content %}'
    '{% from "components/errors.html" import error_summary %}'
    '{% from "components/hidden.html" import hidden %}'
    '{% from "components/button.html" import button %}{{ error_summary(form) }}'
    '<h1 class="govuk-heading-l">Sample</h1><form method="post" novalidate>{{ hidden(form) }}'
    + FIELDS
    + '{{ button("Check before you share") }}</form>{% endblock %}'
)


@pytest.fixture
def app():
    app = Flask(
        "sample",
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "portal" / "static"),
    )
    app.config.update(SECRET_KEY="only in tests", WTF_CSRF_ENABLED=False, TESTING=True)
    app.extensions["sample form"] = SampleForm
    filters.init_app(app)
    headers.init_app(app)

    @app.route("/form", methods=["GET", "POST"])
    def form():
        sample = SampleForm()
        sample.validate_on_submit()
        return render_template_string(PAGE, form=sample)

    @app.route("/saved")
    def saved():
        flash("Shared with 6 people", "saved")
        return render_template("error.html", heading="Page not found", sentences=["Check it."])

    @app.route("/frame")
    def frame():
        return render_template("layouts/base.html", **request.args.to_dict())

    return app


# The app's own fixture would hold a request context open around every client call.
@pytest.fixture(autouse=True)
def _push_request_context():
    return


@pytest.fixture
def client(app):
    return app.test_client()
