from django.urls import path

from firsthand.protect.views import breaking, consents, looking, screening, shields

app_name = "protect"
urlpatterns = [
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
    path("protect/consents/", consents.consents, name="consents"),
    path("protect/consents/find/", consents.find, name="consents_find"),
    path("protect/consents/no-calls/", consents.no_calls, name="no_calls"),
    path("protect/consents/<int:member>/", consents.member, name="consents_of"),
    path("protect/consents/<int:member>/give/", consents.give, name="give"),
    path("protect/consents/<int:member>/withdraw/", consents.withdraw, name="withdraw"),
    path("protect/consents/<int:member>/call/", consents.call, name="begin_call"),
    path("protect/proofs/<int:pk>/", consents.proof, name="proof"),
    path("protect/mine/", shields.mine, name="my_shields"),
    path("protect/shields/", shields.shields, name="shields"),
    path("protect/shields/<int:pk>/take-back/", shields.unshield, name="unshield"),
    path("protect/who-looked/", looking.who_looked, name="who_looked"),
]
