from django.urls import path

from firsthand.protect.views import breaking, looking, screening

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
    path("protect/who-looked/", looking.who_looked, name="who_looked"),
]
