from django.urls import path

from firsthand.people import views

app_name = "people"
urlpatterns = [
    path("language/", views.language, name="language"),
]
