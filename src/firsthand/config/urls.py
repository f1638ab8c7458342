from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("allauth.urls")),
    path("people/", include("firsthand.people.urls")),
    path("", include("firsthand.home.urls")),
]
