from django.apps import AppConfig


class Answer(AppConfig):
    name = "firsthand.answer"
    label = "answer"

