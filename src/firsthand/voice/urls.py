from django.urls import path

from firsthand.voice import views

app_name = "voice"
urlpatterns = [
    path("mine", views.mine, name="mine"),
    path("microphone/", views.microphone, name="microphone"),
    path("<uuid:leg_id>/topology", views.topology, name="topology"),
    path("<uuid:leg_id>/signal", views.signal, name="signal"),
    path("<uuid:leg_id>/beat", views.beat, name="beat"),
    path("<uuid:leg_id>/hangup", views.hangup, name="hangup"),
]
