from django.contrib import admin
from django.urls import include, path

from newsroom.health import healthz, readyz
from newsroom.second_factor import SignInForm, second_factor
from newsroom.security_contact import security_contact

admin.site.login_form = SignInForm
admin.site.login_template = "admin/sign_in.html"

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path(".well-known/security.txt", security_contact, name="security-contact"),
    path("admin/second-factor/", admin.site.admin_view(second_factor), name="second-factor"),
    path("admin/", admin.site.urls),
    path("api/", include("claims.api.urls")),
    path("", include("claims.urls")),
]
