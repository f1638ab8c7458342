from django.apps import AppConfig


class Learn(AppConfig):
    name = "firsthand.learn"
    label = "learn"
