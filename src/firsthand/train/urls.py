from django.urls import path

from firsthand.train import views

app_name = "train"
urlpatterns = [
    path("readiness/", views.readiness, name="readiness"),
    path("readiness/everybody/", views.give_everybody, name="give_everybody"),
    path("readiness/<int:pk>/", views.give, name="give"),
    path("readiness/<int:pk>/take-away/", views.take_away, name="take_away"),
]
