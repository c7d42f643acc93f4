"""The law of credits (PRODUCT, 7.5 and 7.6) once more, in plain Python: what the database is compared with."""

import calendar
from dataclasses import dataclass, field
from datetime import UTC, datetime

KINDS = ["allowance", "bonus", "purchase"]
NEVER = datetime.max.replace(tzinfo=UTC)


def months_after(start: datetime, months: int) -> datetime:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return start.replace(year=year, month=month + 1, day=min(start.day, calendar.monthrange(year, month + 1)[1]))


def period_around(anchor: datetime, now: datetime) -> tuple[datetime, datetime]:
    months = 0
    while months_after(anchor, months + 1) <= now:
        months += 1
    return months_after(anchor, months), months_after(anchor, months + 1)


@dataclass(eq=False)
class Lot:
    kind: str
    granted: int
    expires_at: datetime | None
    number: int
    remaining: int = 0
    open: bool = True


@dataclass
class Model:
    """One account. Each act returns the outcome that the database's function has for it."""

    anchor: datetime
    allowance: int
    renewal: str = "calendar"
    spent: int = 0
    earned: int = 0
    frozen: bool = False
    lots: list[Lot] = field(default_factory=list)
    rows: list[tuple[str, int, int]] = field(default_factory=list)
    charges: dict = field(default_factory=dict)
    refunds: dict = field(default_factory=dict)
    sources: set = field(default_factory=set)
    references: set = field(default_factory=set)

    def __post_init__(self) -> None:
        self.started_at, self.ends_at = period_around(self.anchor, self.anchor)
        self.bring("allowance", self.allowance, self.ends_at, "refill")

    @property
    def balance(self) -> int:
        return sum(lot.remaining for lot in self.open_lots())

    def open_lots(self) -> list[Lot]:
        return [lot for lot in self.lots if lot.open]

    def due_at(self) -> list[datetime]:
        lapses = [lot.expires_at for lot in self.open_lots() if lot.kind != "allowance" and lot.expires_at]
        return sorted([*lapses, *([self.ends_at] if self.renewal == "calendar" else [])])

    def settle(self, now: datetime) -> bool:
        """Close what is due; whether a new period began."""
        resets = self.renewal == "calendar" and self.ends_at <= now
        for lot in self.open_lots():
            if resets if lot.kind == "allowance" else lot.expires_at and lot.expires_at <= now:
                self.close(lot)
        if resets:
            self.started_at, self.ends_at = period_around(self.anchor, now)
            if self.allowance:
                self.bring("allowance", self.allowance, self.ends_at, "refill")
        return resets

    def close(self, lot: Lot) -> None:
        lapsed, lot.remaining, lot.open = lot.remaining, 0, False
        if lapsed:
            self.write("expiry", -lapsed)

    def bring(self, kind: str, amount: int, expires_at: datetime | None, type: str) -> None:
        self.put(kind, amount, expires_at)
        self.earned += amount
        if amount:
            self.write(type, amount)

    def put(self, kind: str, amount: int, expires_at: datetime | None) -> Lot:
        self.lots.append(Lot(kind, amount, expires_at, len(self.lots), amount))
        return self.lots[-1]

    def write(self, type: str, amount: int) -> None:
        self.rows.append((type, amount, self.balance))

    def burn(self, amount: int) -> list[tuple[Lot, int]]:
        taken = []
        for lot in sorted((lot for lot in self.open_lots() if lot.remaining), key=order_of_burning):
            part = min(amount, lot.remaining)
            lot.remaining -= part
            amount -= part
            taken.append((lot, part))
            if not amount:
                break
        return taken

    def deduct(self, job: object, amount: int, now: datetime) -> str:
        self.settle(now)
        if job in self.charges:
            return "repeated"
        if self.frozen:
            return "frozen"
        if self.balance < amount:
            return "insufficient"
        self.charges[job] = (amount, self.burn(amount))
        self.spent += amount
        self.write("deduction", -amount)
        return "done"

    def refund(self, job: object, amount: int | None, now: datetime) -> str:
        self.settle(now)
        if job not in self.charges:
            return "not_charged"
        if job in self.refunds:
            return "repeated"
        charged, parts = self.charges[job]
        self.refunds[job] = wanted = amount or charged
        until = self.ends_at if self.ends_at > now else period_around(self.ends_at, now)[1]
        for lot, taken in sorted(parts, key=lambda part: order_of_burning(part[0]), reverse=True):
            back = min(taken, wanted)
            if back and lot.open:
                lot.remaining += back
            elif back:
                self.put(lot.kind, back, until)
            wanted -= back
        self.spent -= self.refunds[job]
        self.write("refund", self.refunds[job])
        return "done"

    def grant(self, source: object, kind: str, amount: int, expires_at: datetime | None, now: datetime) -> str:
        self.settle(now)
        if source in self.sources:
            return "repeated"
        self.sources.add(source)
        self.bring(kind, amount, expires_at, kind)
        return "done"

    def take_back(self, reference: object, amount: int, now: datetime) -> str:
        self.settle(now)
        if reference in self.references:
            return "repeated"
        if self.balance < amount:
            return "insufficient"
        self.references.add(reference)
        self.burn(amount)
        self.write("deduction", -amount)
        return "done"

    def start_period(self, source: object, allowance: int, renewal: str, ends_at: datetime, now: datetime) -> str:
        self.settle(now)
        if source in self.sources:
            return "repeated"
        self.sources.add(source)
        for lot in self.open_lots():
            if lot.kind == "allowance":
                self.close(lot)
        self.allowance, self.renewal, self.started_at, self.ends_at = allowance, renewal, now, ends_at
        if renewal == "calendar":
            self.anchor = now
        self.bring("allowance", allowance, ends_at, "refill")
        return "done"


def order_of_burning(lot: Lot) -> tuple:
    return lot.expires_at or NEVER, KINDS.index(lot.kind), lot.number
