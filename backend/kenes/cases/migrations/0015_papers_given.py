from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0014_procedures_and_source")]

    operations = [
        migrations.AddField(
            model_name="creditoranswer",
            name="papers_given_at",
            field=models.DateTimeField(null=True),
        ),
    ]
