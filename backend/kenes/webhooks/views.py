"""The door for calls from outside."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from kenes.foundation import problems
from kenes.foundation.errors import KenesError, TooLarge
from kenes.webhooks import services

MAX_BYTES = 1024 * 1024


@csrf_exempt
def receive(request: HttpRequest, capability: str, provider: str) -> HttpResponse:
    """200 once the call is stored; the work happens later."""
    if request.method != "POST":
        return problems.response(problems.MethodNotAllowed())
    if int(request.headers.get("Content-Length") or 0) > MAX_BYTES:
        return problems.response(TooLarge())
    try:
        services.receive(capability, provider, body=request.body, headers=request.headers)
    except KenesError as error:
        return problems.response(error)
    return HttpResponse("OK", content_type="text/plain")
