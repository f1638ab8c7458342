from django.urls import path

from firsthand.plan import views

app_name = "plan"
urlpatterns = [
    path("weeks/", views.weeks, name="week"),
    path("weeks/<int:pk>/", views.change, name="change"),
    path("weeks/<int:pk>/call-off/", views.call_off, name="call_off"),
]
