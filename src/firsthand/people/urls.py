from django.urls import path

from firsthand.people import views

app_name = "people"
urlpatterns = [
    path("people/", views.people, name="list"),
    path("people/add/", views.add, name="add"),
    path("people/<int:pk>/", views.person, name="person"),
    path("people/<int:pk>/invite/", views.invite, name="invite"),
    path("people/<int:pk>/leave/", views.leave, name="leave"),
    path("people/<int:pk>/come-back/", views.come_back, name="come_back"),
    path("people/me/", views.me, name="me"),
    path("people/secrecy/", views.secrecy, name="secrecy"),
    path("people/welcome/<str:word>/", views.welcome, name="welcome"),
    path("people/language/", views.language, name="language"),
    path("people/here/", views.here, name="here"),
    path("people/locked/", views.locked, name="locked"),
    path("demo/", views.demo, name="demo"),
]
