from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("allauth.urls")),
    path("", include("firsthand.people.urls")),
    path("", include("firsthand.answer.urls")),
    path("voice/", include("firsthand.voice.urls")),
    path("board/", include("firsthand.learn.urls")),
    path("", include("firsthand.know.urls")),
    path("", include("firsthand.train.urls")),
    path("", include("firsthand.plan.urls")),
    path("", include("firsthand.protect.urls")),
    path("", include("firsthand.home.urls")),
]

handler400 = "firsthand.ui.errors.malformed"
handler403 = "firsthand.ui.errors.forbidden"
handler404 = "firsthand.ui.errors.missing"
handler500 = "firsthand.ui.errors.failed"
