from django.contrib.auth.forms import AdminUserCreationForm

from accounts.models import User


class UserAddForm(AdminUserCreationForm[User]):
    class Meta:
        model = User
        fields = ("email",)

    def clean_email(self) -> str:
        email = User.objects.normalize_email(self.cleaned_data["email"])
        if User.objects.filter(email=email).exists():
            self.add_error("email", "There is a user with this address already.")
        return email
