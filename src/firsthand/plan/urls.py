from django.urls import path

from firsthand.plan.views import weeks

app_name = "plan"
urlpatterns = [
    path("weeks/", weeks.weeks, name="week"),
    path("weeks/<int:pk>/", weeks.overview, name="overview"),
    path("weeks/<int:pk>/change/", weeks.change, name="change"),
    path("weeks/<int:pk>/call-off/", weeks.call_off, name="call_off"),
]
