from django.urls import path

from firsthand.protect.views import (
    breaking,
    consents,
    looking,
    no_calls,
    overview,
    requesting,
    retention,
    screening,
    shields,
)
from firsthand.ui.addresses import unguessable

# What is looked up here is found by the number that somebody says, and a proof from there: nobody counts through.
for kind in ("member", "proof", "number"):
    unguessable(kind)

app_name = "protect"
urlpatterns = [
    path("protect/", overview.overview, name="overview"),
    path("protect/documents/<slug:language>/<slug:name>.md", overview.document, name="document"),
    path("protect/looked/", looking.looked, name="looked"),
    path("protect/looked/check/", looking.check, name="check"),
    path("protect/looked/find/", looking.find_member, name="find_member"),
    path("protect/looked/<int:member>.csv", looking.hand_over, {"form": "csv"}, name="looks_csv"),
    path("protect/looked/<int:member>.json", looking.hand_over, {"form": "json"}, name="looks_json"),
    path("protect/screen/", screening.screen, name="screen"),
    path("protect/looked/<int:member>/sheet/", looking.sheet, name="sheet"),
    path("protect/open/", breaking.open_file, name="open"),
    path("protect/open/close/", breaking.close, name="close"),
    path("protect/open/search/", breaking.search, name="search"),
    path("protect/open/<int:pk>/answer/", breaking.answer, name="answer_review"),
    path("protect/reviews/", breaking.reviews, name="reviews"),
    path("protect/reviews/<int:pk>/", breaking.review, name="review"),
    path("protect/requests/", requesting.requests, name="requests"),
    path("protect/requests/ask/", requesting.ask, name="ask"),
    path("protect/requests/<int:pk>/", requesting.one, name="request"),
    path("protect/requests/<int:pk>/package/", requesting.package, name="package"),
    path("protect/requests/<int:pk>/<slug:verb>/", requesting.move, name="move"),
    path("protect/retention/", retention.retention, name="retention"),
    path("protect/retention/clock/<slug:term>/", retention.clock, name="clock"),
    path("protect/retention/<int:pk>/yes/", retention.yes, name="yes"),
    path("protect/retention/holds/cases/", retention.cases, name="cases"),
    path("protect/retention/holds/<int:pk>/lift/", retention.lift, name="lift"),
    path("protect/consents/", consents.consents, name="consents"),
    path("protect/consents/find/", consents.find, name="consents_find"),
    path("protect/consents/no-calls/", no_calls.no_calls, name="no_calls"),
    path("protect/consents/no-calls/find/", no_calls.find, name="find_no_calls"),
    path("protect/consents/no-calls/<number_made_here:pk>/", no_calls.number, name="no_calls_of"),
    path("protect/consents/no-calls/<number_made_here:pk>/lift/", no_calls.lift, name="lift_no_calls"),
    path("protect/consents/<member_made_here:member>/", consents.member, name="consents_of"),
    path("protect/consents/<member_made_here:member>/give/", consents.give, name="give"),
    path("protect/consents/<member_made_here:member>/withdraw/", consents.withdraw, name="withdraw"),
    path("protect/consents/<member_made_here:member>/call/", consents.call, name="begin_call"),
    path("protect/proofs/<proof_made_here:pk>/", consents.proof, name="proof"),
    path("protect/mine/", shields.mine, name="my_shields"),
    path("protect/shields/", shields.shields, name="shields"),
    path("protect/shields/<int:pk>/take-back/", shields.unshield, name="unshield"),
    path("protect/who-looked/", looking.who_looked, name="who_looked"),
]
