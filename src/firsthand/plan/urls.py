from django.urls import path

from firsthand.plan.views import hold, uploads, volumes, weeks

app_name = "plan"
urlpatterns = [
    path("weeks/", weeks.weeks, name="week"),
    path("weeks/<int:pk>/", weeks.overview, name="overview"),
    path("weeks/<int:pk>/change/", weeks.change, name="change"),
    path("weeks/<int:pk>/call-off/", weeks.call_off, name="call_off"),
    path("weeks/<int:pk>/hold/", hold.strip, name="hold"),
    path("weeks/<int:pk>/hold/reckon/", hold.reckon, name="reckon"),
    path("weeks/<int:pk>/hold/<str:on>/", hold.day, name="hold_day"),
    path("weeks/<int:pk>/hold/<str:on>/<str:at>/", hold.moment, name="hold_moment"),
    path("weeks/reckonings/<int:pk>/stop/", hold.stop, name="stop_reckoning"),
    path("volumes/", volumes.volumes, name="volumes"),
    path("volumes/day/<str:day>/", volumes.day, name="day"),
    path("volumes/marks/<int:pk>/remove/", volumes.unmark, name="unmark"),
    path("volumes/events/", volumes.events, name="events"),
    path("volumes/events/copy/", volumes.copy_events, name="copy_events"),
    path("volumes/events/<int:pk>/remove/", volumes.remove_event, name="remove_event"),
    path("volumes/import/", uploads.upload, name="upload"),
    path("volumes/import/<int:pk>/columns/", uploads.columns, name="columns"),
    path("volumes/import/<int:pk>/queues/", uploads.queues, name="queues"),
    path("volumes/import/<int:pk>/again/", uploads.again, name="again"),
    path("volumes/import/<int:pk>/read-in/", uploads.read_in, name="read_in"),
    path("volumes/import/<int:pk>/stop/", uploads.stop, name="stop_upload"),
    path("volumes/import/<int:pk>/drop/", uploads.drop, name="drop"),
]
