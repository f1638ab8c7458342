"""A file of past volumes, step by step: one address, and what it shows is the step the file has reached."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from firsthand.people.access import PersonRequest, only
from firsthand.people.models import Role
from firsthand.plan.actions import uploads as actions
from firsthand.plan.forms import volumes as forms
from firsthand.plan.queries import uploads as shown
from firsthand.plan.queries import volumes as queries
from firsthand.ui.pages import posted, show, show_form


@only(Role.ORGANISER)
def upload(request: PersonRequest) -> HttpResponse:
    found = queries.upload_of(request.user)
    form = forms.FileForm(request.POST, request.FILES) if request.method == "POST" else forms.FileForm()
    if form.is_bound and form.is_valid():
        actions.receive(form.cleaned_data["file"].read(actions.MOST_BYTES + 1), by=request.user)
        return redirect("plan:upload")
    steps = {"columns": forms.ColumnsForm, "queues": forms.QueuesForm}
    step = steps[found.step](upload=found) if found and found.step in steps else None
    context = {"form": form, "upload": found, "page": shown.step(found), "step": step}
    return show(request, "plan/upload/page.html", context, part="step", status=422 if form.errors else 200)


@only(Role.ORGANISER)
def columns(request: PersonRequest, pk: int) -> HttpResponse:
    found = queries.upload_for(request.user, pk)
    form = forms.ColumnsForm(posted(request), upload=found)
    if form.is_valid():
        actions.name_columns(found, **form.cleaned_data, by=request.user)
        return redirect("plan:upload")
    return show_form(request, "plan/upload/page.html", form, upload=found, step=form, page=shown.step(found))


@only(Role.ORGANISER)
def queues(request: PersonRequest, pk: int) -> HttpResponse:
    found = queries.upload_for(request.user, pk)
    form = forms.QueuesForm(posted(request), upload=found)
    if form.is_valid():
        actions.name_queues(found, **form.cleaned_data, by=request.user)
        return redirect("plan:upload")
    return show_form(request, "plan/upload/page.html", form, upload=found, step=form, page=shown.step(found))


@require_POST
@only(Role.ORGANISER)
def read_in(request: PersonRequest, pk: int) -> HttpResponse:
    actions.confirm(queries.upload_for(request.user, pk), by=request.user)
    return redirect("plan:upload")


@require_POST
@only(Role.ORGANISER)
def again(request: PersonRequest, pk: int) -> HttpResponse:
    actions.back(queries.upload_for(request.user, pk), by=request.user)
    return redirect("plan:upload")


@require_POST
@only(Role.ORGANISER)
def stop(request: PersonRequest, pk: int) -> HttpResponse:
    actions.stop(queries.upload_for(request.user, pk), by=request.user)
    return redirect("plan:upload")


@require_POST
@only(Role.ORGANISER)
def drop(request: PersonRequest, pk: int) -> HttpResponse:
    actions.drop(queries.upload_for(request.user, pk), by=request.user)
    return redirect("plan:upload")
