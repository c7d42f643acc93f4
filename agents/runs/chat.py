"""Chat at work: writes the next turn, with as much of the conversation in mind as the model can hold."""

from collections.abc import Iterator
from itertools import takewhile
from uuid import UUID

from agents.delivery import Delivery, File, RunFailed
from agents.engines import cost, text
from agents.engines.text import Message, TooLong, Writer, Written
from agents.registry import CHAT
from agents.runners.base import EarlierJob, Run
from agents.runners.chat import ContextInput, MessageInput

SYSTEM = Message("system", "You are a helpful, friendly assistant. Answer clearly and briefly, in Markdown.")
MOST_TOKENS = 384
MOST_TURNS = 40
BYTES_A_TOKEN = 3.5
TOO_LONG = "This message is longer than the model can read at once. Please shorten it; your credits are back."

Turn = tuple[str, str]


def message(run: Run, given: MessageInput) -> Delivery:
    return answered(run, given.message, [], given.seed)


def context(run: Run, given: ContextInput) -> Delivery:
    run.progress(1, "Remembering the conversation")
    return answered(run, given.message, remembered(run, given.conversation), given.seed)


def remembered(run: Run, last: EarlierJob | None) -> list[Turn]:
    """The turns before, oldest first: who said what, along the chain of jobs."""
    turns: list[Turn] = []
    job_id = last.root if last else None
    while job_id and len(turns) < MOST_TURNS:
        told = run.earlier(job_id)
        if told is None or told.agent_id != CHAT.id:
            break
        turns.append((str(told.input.get("message", "")), str(told.output.get("text", ""))))
        before = told.input.get("conversation")
        job_id = UUID(before) if before else None
    return turns[::-1]


def answered(run: Run, said: str, turns: list[Turn], seed: int | None) -> Delivery:
    writer = text.writer()
    used = run.seed if seed is None else seed
    written, kept = complete(run, writer, said, fitting(turns, said, writer.memory), used)
    output = {"text": written.text, "seed": used, "usage": written.usage}
    if turns:
        output |= {"turns": len(turns) + 1, "remembered": len(kept)}
    files = [text_file("answer.md", written.text)]
    if turns:
        files.append(text_file("conversation.md", thread([*turns, (said, written.text)])))
    return Delivery(tuple(files), output, writer.label, cost.named_in(written.usage))


def fitting(turns: list[Turn], said: str, memory: int) -> list[Turn]:
    """The latest whole turns that are likely to fit beside the message."""
    room = memory - len(said.encode()) / BYTES_A_TOKEN
    sizes = accumulated(turns)
    return turns[len(turns) - sum(1 for _ in takewhile(lambda size: size <= room, sizes)) :]


def accumulated(turns: list[Turn]) -> Iterator[float]:
    """How many tokens the last turn takes, about, the last two, and so on."""
    size = 0.0
    for asked, answer in reversed(turns):
        size += (len(asked.encode()) + len(answer.encode())) / BYTES_A_TOKEN
        yield size


def complete(run: Run, writer: Writer, said: str, turns: list[Turn], seed: int) -> tuple[Written, list[Turn]]:
    """What was written, and the turns that the model had in mind: the oldest is forgotten until the rest fits."""
    while True:
        try:
            return writer.complete(
                conversation(turns, said), max_tokens=MOST_TOKENS, seed=seed, on_text=Counter(run, MOST_TOKENS)
            ), turns
        except TooLong:
            if not turns:
                raise RunFailed(TOO_LONG, "INPUT_TOO_LARGE") from None
            turns = turns[1:]


def conversation(turns: list[Turn], said: str) -> list[Message]:
    before = [one for asked, answer in turns for one in (Message("user", asked), Message("assistant", answer))]
    return [SYSTEM, *before, Message("user", said)]


class Counter:
    """Progress by the pieces that came, of the most there can be, and what they say together."""

    def __init__(self, run: Run, most: int, begin: int = 3, end: int = 97, step: str = "Writing") -> None:
        self.run, self.most, self.begin, self.end, self.step = run, most, begin, end, step
        self.text, self.count = "", 0
        run.progress(begin, "Reading")

    def __call__(self, piece: str) -> None:
        self.text = self.text + piece if piece else ""
        self.count += 1
        self.run.draft(self.text)
        share = min(1.0, self.count / self.most)
        self.run.progress(self.begin + round((self.end - self.begin) * share), self.step)


def thread(turns: list[Turn]) -> str:
    """The conversation to be read: what the person said as a quotation, the answers below."""
    return "\n\n---\n\n".join(f"{quoted(asked)}\n\n{answer}" for asked, answer in turns)


def quoted(words: str) -> str:
    return "\n".join(f"> {line}" for line in words.splitlines())


def text_file(name: str, words: str) -> File:
    return File(name, "text", "text/markdown", f"{words}\n".encode())


def check(delivery: Delivery) -> None:
    """Raises RunFailed unless something is there to be read, in the output and in every file."""
    said = str(delivery.output.get("text", ""))
    if not delivery.files or not said.strip():
        raise text.nothing_written()
    for file in delivery.files:
        if said not in file.data.decode():
            raise RunFailed(f"{file.name} does not hold the answer.", "DELIVERY_INVALID")
