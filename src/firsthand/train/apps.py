from django.apps import AppConfig


class Train(AppConfig):
    name = "firsthand.train"
    label = "train"
