"""How `{{ form }}` looks everywhere, allauth's pages included."""

from django.forms.renderers import TemplatesSetting


class House(TemplatesSetting):
    field_template_name = "ui/field.html"
