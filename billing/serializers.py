from typing import Any

from rest_framework import serializers

from credits.models import CreditTransaction


class LotSerializer(serializers.Serializer[Any]):
    kind = serializers.CharField()
    remaining = serializers.IntegerField()
    expires_at = serializers.DateTimeField(allow_null=True)


class BalanceSerializer(serializers.Serializer[Any]):
    balance = serializers.IntegerField()
    monthly_allowance = serializers.IntegerField()
    plan = serializers.CharField()
    last_reset_at = serializers.DateTimeField()
    next_reset_at = serializers.DateTimeField()
    total_earned = serializers.IntegerField()
    total_spent = serializers.IntegerField()
    lots = LotSerializer(many=True)


class TransactionSerializer(serializers.ModelSerializer[CreditTransaction]):
    metadata = serializers.DictField()

    class Meta:
        model = CreditTransaction
        fields = (
            "id", "amount", "balance_after", "type", "description", "job_id", "agent_id", "metadata", "created_at",
        )  # fmt: skip


class TransactionsSerializer(serializers.Serializer[Any]):
    transactions = TransactionSerializer(many=True)
    next_cursor = serializers.CharField(allow_null=True)


class ResetSerializer(serializers.Serializer[Any]):
    reset = serializers.IntegerField()


class PlanSerializer(serializers.Serializer[Any]):
    plan = serializers.ChoiceField(["PRO", "PREMIUM", "ENTERPRISE"])


class CheckoutSerializer(serializers.Serializer[Any]):
    url = serializers.URLField()
    session_id = serializers.CharField()


class PortalSerializer(serializers.Serializer[Any]):
    url = serializers.URLField()


class ReceivedSerializer(serializers.Serializer[Any]):
    received = serializers.BooleanField()
    repeated = serializers.BooleanField()
