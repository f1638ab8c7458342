from django.apps import AppConfig


class Plan(AppConfig):
    name = "firsthand.plan"
    label = "plan"
