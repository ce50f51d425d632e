"""Signing in to the admin with a second factor, for whoever has set one up: codes of an app, and recovery codes."""

import segno
from django import forms
from django.contrib.admin import site
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_otp import devices_for_user
from django_otp.forms import OTPAuthenticationFormMixin
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

RECOVERY_CODES = 8
WRONG_CODE_MESSAGE = "This code is not right, or no longer. Wait for the next one and try again."


class SignInForm(OTPAuthenticationFormMixin, AdminAuthenticationForm):  # type: ignore[misc] # the library has no types
    """Asks for a code only from those who have a second factor. Wrong codes slow down the next one (django-otp)."""

    otp_token = forms.CharField(
        required=False,
        label="Code (if you use a second factor)",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "text"}),
    )

    def clean(self) -> dict[str, object]:
        values = super().clean()
        user = self.get_user()
        if user is not None and any(devices_for_user(user)):
            self.clean_otp(user)
        return values

    def _chosen_device(self, user: User) -> TOTPDevice | StaticDevice | None:
        """Six digits are a code of the app; all else is a recovery code."""
        token = (self.cleaned_data.get("otp_token") or "").replace(" ", "")
        self.cleaned_data["otp_token"] = token
        model = TOTPDevice if token.isdecimal() and len(token) == 6 else StaticDevice
        return model.objects.devices_for_user(user, confirmed=True).first()


class CodeForm(forms.Form):
    code = forms.CharField(
        label="Code", max_length=16, widget=forms.TextInput(attrs={"autocomplete": "one-time-code"})
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """Where one of the staff turns their own second factor on, and off."""
    assert isinstance(request.user, User)
    device = TOTPDevice.objects.filter(user=request.user).order_by("-confirmed").first()
    device = device or TOTPDevice.objects.create(user=request.user, name="app", confirmed=False)
    form, codes = CodeForm(request.POST or None), list[str]()
    if request.method == "POST" and form.is_valid():
        if not is_code_accepted(device, form.cleaned_data["code"]):
            form.add_error("code", WRONG_CODE_MESSAGE)
        elif device.confirmed:
            turn_off_second_factor(request.user)
            return redirect("second-factor")
        else:
            codes = turn_on_second_factor(device)
    context = {
        **site.each_context(request),
        "title": "Second factor",
        "device": device,
        "form": form,
        "codes": codes,
        "picture": ""
        if device.confirmed
        else segno.make(device.config_url).svg_data_uri(scale=5, light="white"),
        "secret": "" if device.confirmed else format_secret(device.config_url),
    }
    return TemplateResponse(
        request, "admin/second_factor.html", context, status=400 if form.errors else 200
    )


def is_code_accepted(device: TOTPDevice, code: str) -> bool:
    allowed, _ = device.verify_is_allowed()
    return bool(allowed and device.verify_token(code.replace(" ", "")))


def turn_on_second_factor(device: TOTPDevice) -> list[str]:
    """The recovery codes, which are shown this once."""
    with transaction.atomic():
        device.confirmed = True
        device.save()
        recovery = StaticDevice.objects.create(user=device.user, name="recovery codes")
        codes = [StaticToken.random_token() for _ in range(RECOVERY_CODES)]
        StaticToken.objects.bulk_create(StaticToken(device=recovery, token=code) for code in codes)
    return codes


def turn_off_second_factor(user: User) -> None:
    with transaction.atomic():
        TOTPDevice.objects.filter(user=user).delete()
        StaticDevice.objects.filter(user=user).delete()


def format_secret(address: str) -> str:
    """The secret to be typed by hand where no picture can be taken: in groups of four."""
    secret = address.split("secret=")[1].split("&")[0]
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
