from django.urls import path

from firsthand.protect.views import looking

app_name = "protect"
urlpatterns = [
    path("protect/looked/", looking.looked, name="looked"),
    path("protect/looked/check/", looking.check, name="check"),
    path("protect/looked/find/", looking.find_member, name="find_member"),
    path("protect/looked/<int:member>.csv", looking.hand_over, {"form": "csv"}, name="looks_csv"),
    path("protect/looked/<int:member>.json", looking.hand_over, {"form": "json"}, name="looks_json"),
    path("protect/who-looked/", looking.who_looked, name="who_looked"),
]
