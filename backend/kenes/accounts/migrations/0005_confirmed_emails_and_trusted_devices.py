import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import kenes.foundation.clock
import kenes.foundation.fields
import kenes.foundation.identifiers

PURPOSES = [
    ("sms_agreement", "Agreement to sign by SMS"),
    ("signature", "Signature of a document"),
    ("reauthentication", "Proof that it is still you"),
    ("new_phone", "New phone number"),
    ("new_email", "New e-mail address"),
    ("recovery", "New password"),
]


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_name_words_and_remarks")]

    operations = [
        migrations.AddField(
            model_name="onetimecode",
            name="email",
            field=kenes.foundation.fields.EncryptedTextField(default=""),
        ),
        migrations.AddField(
            model_name="user", name="email_verified_at", field=models.DateTimeField(null=True)
        ),
        migrations.AlterField(
            model_name="onetimecode",
            name="phone",
            field=kenes.foundation.fields.EncryptedTextField(default=""),
        ),
        migrations.AlterField(
            model_name="onetimecode",
            name="purpose",
            field=models.CharField(choices=PURPOSES, max_length=20),
        ),
        migrations.CreateModel(
            name="TrustedDevice",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kenes.foundation.identifiers.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("created_at", models.DateTimeField(default=kenes.foundation.clock.now)),
                ("expires_at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="trusted_devices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="trusteddevice",
            index=models.Index(fields=["expires_at"], name="accounts_trusted_end"),
        ),
    ]
