"""The same endpoints by Django's ORM, for gunicorn: `gunicorn vote:application`. SOCKET is MariaDB's."""
import json
import os
from pathlib import Path

import django
from django.conf import settings

settings.configure(
    ALLOWED_HOSTS=["*"],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.mysql",
            "NAME": "peers",
            "USER": "root",
            "HOST": os.environ["SOCKET"],
            "CONN_MAX_AGE": None,
        }
    },
    MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
    ROOT_URLCONF="vote",
    SECRET_KEY="only for this benchmark",
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [Path(__file__).parent.parent],
            "OPTIONS": {
                "loaders": [("django.template.loaders.cached.Loader", ["django.template.loaders.filesystem.Loader"])]
            },
        }
    ],
)
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import models, transaction  # noqa: E402
from django.db.models import F  # noqa: E402
from django.http import HttpResponse, JsonResponse  # noqa: E402
from django.shortcuts import get_object_or_404, render  # noqa: E402
from django.urls import path  # noqa: E402


class Question(models.Model):
    question_text = models.CharField(max_length=200)

    class Meta:
        app_label, db_table, managed = "vote", "question", False


class Choice(models.Model):
    question = models.ForeignKey(Question, models.CASCADE, db_constraint=False)
    choice_text = models.CharField(max_length=200)
    votes = models.IntegerField(default=0)
    create_time = models.DateTimeField()
    delete_flag = models.IntegerField()

    class Meta:
        app_label, db_table, managed = "vote", "choice", False


class Ballot(models.Model):
    question_id = models.BigIntegerField()
    user_id = models.BigIntegerField()
    choice_id = models.BigIntegerField()

    class Meta:
        app_label, db_table, managed = "vote", "vote", False


FIELDS = ("id", "delete_flag", "choice_text", "votes", "question_id", "create_time")


def choices(request, question):
    return JsonResponse(list(Choice.objects.filter(question_id=question).order_by("id").values(*FIELDS)), safe=False)


def page(request, question):
    found = get_object_or_404(Question, pk=question)
    return render(request, "question.html", {"question": found, "choices": found.choice_set.order_by("id")})


def cast(request, question):
    choice = json.loads(request.body)["choice"]
    with transaction.atomic():
        # The counter first: in the other order almost all concurrent voters deadlock.
        if not Choice.objects.filter(pk=choice, question_id=question).update(votes=F("votes") + 1):
            transaction.set_rollback(True)
            return HttpResponse(status=422)
        Ballot.objects.create(question_id=question, user_id=int(request.headers["X-User"]), choice_id=choice)
    return JsonResponse({"error_code": 0, "error_msg": "ok"})


urlpatterns = [
    path("question/<int:question>/choice", choices),
    path("questions/<int:question>", page),
    path("questions/<int:question>/vote", cast),
]
application = get_wsgi_application()
