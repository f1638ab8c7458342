from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("allauth.urls")),
    path("", include("firsthand.people.urls")),
    path("", include("firsthand.home.urls")),
]

handler400 = "firsthand.ui.errors.malformed"
handler403 = "firsthand.ui.errors.forbidden"
handler404 = "firsthand.ui.errors.missing"
handler500 = "firsthand.ui.errors.failed"
