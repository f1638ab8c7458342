from django.urls import path

from firsthand.know import views

app_name = "know"
urlpatterns = [
    path("know/", views.find, name="find"),
    path("know/<slug:code>/", views.concern, name="concern"),
]
