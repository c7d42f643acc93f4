"""The API of credits: the balance, the ledger and its export, and the reset for schedulers that speak HTTP."""

import hmac
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import NotAuthenticated
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from avatarg import paging, spreadsheets
from avatarg.api import caller
from avatarg.errors import InvalidInput
from billing import balances
from billing.serializers import BalanceSerializer, ResetSerializer, TransactionSerializer, TransactionsSerializer
from credits import ledger, selectors
from credits.models import CreditTransaction

COLUMNS = ("id", "created_at", "type", "amount", "balance_after", "description", "agent_id", "job_id")
TYPE = OpenApiParameter("type", str, enum=CreditTransaction.Type.values)


class BalanceView(APIView):
    @extend_schema(responses=BalanceSerializer)
    def get(self, request: Request) -> Response:
        """Credits now, the open lots in the order in which they burn, and the next reset."""
        return Response(balances.balance_of(caller(request)))


def type_from(request: Request) -> str:
    """The ledger filter. Raises InvalidInput."""
    type = request.query_params.get("type", "")
    if type and type not in CreditTransaction.Type.values:
        choices = ", ".join(CreditTransaction.Type.values)
        raise InvalidInput({"type": [_("This must be one of %(choices)s.") % {"choices": choices}]})
    return type


class TransactionsView(APIView):
    @extend_schema(
        parameters=[TYPE, OpenApiParameter("limit", int), OpenApiParameter("cursor", str)],
        responses=TransactionsSerializer,
    )
    def get(self, request: Request) -> Response:
        """The user's ledger, newest first."""
        rows = selectors.transactions_of(caller(request), type=type_from(request))
        limit = paging.limit_from(request.query_params.get("limit"), default=50)
        page, cursor = paging.newest_first(rows, request.query_params.get("cursor"), limit)
        return Response({"transactions": TransactionSerializer(page, many=True).data, "next_cursor": cursor})


def rows_of(transactions: Iterable[CreditTransaction]) -> Iterator[Iterable[Any]]:
    """The head of the table, then a row each."""
    yield COLUMNS
    for one in transactions:
        told = {column: getattr(one, column) for column in COLUMNS}
        yield {**told, "created_at": one.created_at.isoformat()}.values()


class TransactionsCsvView(APIView):
    @extend_schema(parameters=[TYPE], responses={(200, "text/csv"): OpenApiTypes.STR})
    def get(self, request: Request) -> StreamingHttpResponse:
        """The whole ledger as CSV, streamed."""
        lines = spreadsheets.csv_lines(rows_of(selectors.statement_of(caller(request), type=type_from(request))))
        response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="avatar-g-credits.csv"'
        return response


class ResetView(APIView):
    """Runs the monthly reset. GET too: some schedulers send nothing else."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(request=None, responses=ResetSerializer)
    def post(self, request: Request) -> Response:
        """Start the new period of every account that is due."""
        given = request.headers.get("Authorization", "").encode()
        if not settings.CRON_SECRET or not hmac.compare_digest(given, f"Bearer {settings.CRON_SECRET}".encode()):
            raise NotAuthenticated
        return Response({"reset": ledger.reset_due()})

    @extend_schema(responses=ResetSerializer)
    def get(self, request: Request) -> Response:
        """The same, for schedulers that only send GET."""
        return self.post(request)
