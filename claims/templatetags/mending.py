"""What is wrong in a form, and where the cursor goes."""

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def focus_if_wrong(field: BoundField) -> SafeString:
    """Return the attribute that puts the cursor into a field, if it is the first of its form to be
    mended.
    """
    wrong = [name for name in field.form.fields if name in field.form.errors]
    is_first = wrong[:1] == [field.name]
    return mark_safe(" autofocus" if is_first else "")
