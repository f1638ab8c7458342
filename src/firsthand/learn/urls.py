from django.urls import path

from firsthand.learn import views

app_name = "learn"
urlpatterns = [
    path("", views.board, name="board"),
    path("newest/", views.newest, name="newest"),
    path("owners/", views.owners, name="owners"),
    path("say/", views.observe, name="observe"),
    path("<int:pk>/me-too/", views.me_too, name="me-too"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
]
