from django.urls import path

from firsthand.protect import views

app_name = "protect"
urlpatterns = [
    path("protect/looked/", views.looked, name="looked"),
    path("protect/looked/check/", views.check, name="check"),
    path("protect/looked/find/", views.find_member, name="find_member"),
    path("protect/looked/<int:member>.csv", views.hand_over, {"form": "csv"}, name="looks_csv"),
    path("protect/looked/<int:member>.json", views.hand_over, {"form": "json"}, name="looks_json"),
    path("protect/who-looked/", views.who_looked, name="who_looked"),
]
