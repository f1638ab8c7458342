from django.apps import AppConfig


class Home(AppConfig):
    name = "firsthand.home"
    label = "home"
