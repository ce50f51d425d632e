"""Signing in to the admin with a second factor, for whoever has set one up: codes of an app, and
recovery codes.
"""

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
DIGITS_OF_APP_CODE = 6
WRONG_CODE_MESSAGE = "This code is not right, or no longer. Wait for the next one and try again."


class SignInForm(OTPAuthenticationFormMixin, AdminAuthenticationForm):  # type: ignore[misc] # the library has no types
    """Asks for a code only those who have a second factor.

    After wrong codes the next one has to wait (django-otp).
    """

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
        """Return the device whose code was typed: six digits are one of the app, all else is a
        recovery code.
        """
        token = (self.cleaned_data.get("otp_token") or "").replace(" ", "")
        self.cleaned_data["otp_token"] = token
        is_of_app = token.isdecimal() and len(token) == DIGITS_OF_APP_CODE
        model = TOTPDevice if is_of_app else StaticDevice
        return model.objects.devices_for_user(user, confirmed=True).first()


class CodeForm(forms.Form):
    code = forms.CharField(
        label="Code", max_length=16, widget=forms.TextInput(attrs={"autocomplete": "one-time-code"})
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """Let one of the staff turn their own second factor on and off."""
    assert isinstance(request.user, User)
    device = get_device(request.user)
    form = CodeForm(request.POST or None)
    codes: list[str] = []
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
    }
    if not device.confirmed:
        context["picture"] = draw_secret(device.config_url)
        context["secret"] = format_secret(device.config_url)
    status = 400 if form.errors else 200
    return TemplateResponse(request, "admin/second_factor.html", context, status=status)


def get_device(user: User) -> TOTPDevice:
    """Return the user's device, or a new one that no code has confirmed yet."""
    device = TOTPDevice.objects.filter(user=user).order_by("-confirmed").first()
    return device or TOTPDevice.objects.create(user=user, name="app", confirmed=False)


def is_code_accepted(device: TOTPDevice, code: str) -> bool:
    allowed, _ = device.verify_is_allowed()
    return bool(allowed and device.verify_token(code.replace(" ", "")))


def turn_on_second_factor(device: TOTPDevice) -> list[str]:
    """Return the recovery codes, which are shown this once."""
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


def draw_secret(address: str) -> str:
    """Return the picture of the address that an app reads the secret from, as an address of its
    own.
    """
    return segno.make(address).svg_data_uri(scale=5, light="white")


def format_secret(address: str) -> str:
    """Return the secret to be typed by hand, in groups of four, where no picture can be taken."""
    secret = address.split("secret=")[1].split("&")[0]
    groups = [secret[start : start + 4] for start in range(0, len(secret), 4)]
    return " ".join(groups)
