from django.urls import path

from firsthand.answer import views
from firsthand.answer.views import needs

app_name = "answer"
urlpatterns = [
    path("call/", views.call, name="call"),
    path("call/back/", views.callback, name="callback"),
    path("call/give-up/", views.give_up, name="give-up"),
    path("call/again/", views.again, name="again"),
    path("desk/", views.desk, name="desk"),
    path("desk/ready/", views.ready, name="ready"),
    path("desk/away/", views.away, name="away"),
    path("desk/<uuid:public_id>/take/", views.take, name="take"),
    path("desk/<uuid:public_id>/decline/", views.decline, name="decline"),
    path("desk/<uuid:public_id>/hold/", views.hold, name="hold"),
    path("desk/<uuid:public_id>/resume/", views.resume, name="resume"),
    path("desk/<uuid:public_id>/hang-up/", views.hang_up, name="hang-up"),
    path("desk/<uuid:public_id>/reached/", views.reached, name="reached"),
    path("desk/<uuid:public_id>/not-reached/", views.not_reached, name="not-reached"),
    path("desk/<uuid:public_id>/verify/", views.verify, name="verify"),
    path("desk/<uuid:public_id>/concerns/", views.concerns, name="concerns"),
    path("desk/<uuid:public_id>/concern/", views.concern, name="concern"),
    path("desk/<uuid:public_id>/search/", views.search_notes, name="search-notes"),
    path("desk/<uuid:public_id>/record/", views.record, name="record"),
    path("desk/<uuid:public_id>/promise/", views.promise, name="promise"),
    path("desk/<uuid:public_id>/sealed/<uuid:pk>/", views.open_sealed, name="open-sealed"),
    path("desk/<uuid:public_id>/no-advertising/", views.no_advertising, name="no-advertising"),
    path("desk/<uuid:public_id>/close/", views.close, name="close"),
    path("room/", views.wall, name="wall"),
    path("room/watch/", views.watch, name="watch"),
    path("protect/needs/", needs.needs, name="needs"),
    path("protect/needs/<str:about>/<str:category>/", needs.need, name="need"),
    path("protect/own-numbers/", needs.own_number, name="own-number"),
    path("protect/own-numbers/<int:pk>/forget/", needs.forget_own_number, name="forget-own-number"),
    path("promises/", views.promises, name="promises"),
    path("promises/<int:pk>/take-over/", views.take_over, name="take-over"),
    path("promises/<int:pk>/keep/", views.keep, name="keep"),
]
