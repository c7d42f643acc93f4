"""Ties a process to the one that started it: when that one dies, however it dies, this one is told to end.

Imported, it ties the present process and those it forks. Run as a script, it takes the identity the command
needs, ties itself and becomes the command; it imports nothing of ours, so that it starts in a moment:

    python -I -S tether.py PARENT SIGNAL IDENTITY COMMAND…

PARENT is the process to die with, SIGNAL the one sent at its death. IDENTITY is one of:

    same        stay who we are
    namespace   nobody inside a user namespace; outside it still ourselves, with our files
                (PostgreSQL refuses root, and users whom the system has no name for)
    a number    become that user, for places where namespaces are forbidden
"""

import ctypes
import os
import pwd
import signal
import sys
import threading
import time

CLONE_NEWUSER = 0x10000000
PR_SET_PDEATHSIG = 1
REFUSED = 97  # exit code: the system forbids this identity
ORPHANED = 98  # exit code: the parent was gone before we were tied
POLL_SECONDS = 0.25
LINUX = sys.platform == "linux"
try:
    NOBODY = pwd.getpwnam("nobody").pw_uid
except KeyError:
    NOBODY = 65534


def tie(parent: int, signum: int) -> None:
    """Have `signum` sent to this process when `parent`, which must be the one that started it, is gone.

    Linux counts the *thread* that forked as the parent: start what is to be tied from a thread that lasts.
    """
    if LINUX:
        _checked(_libc().prctl(PR_SET_PDEATHSIG, signum, 0, 0, 0))
    else:
        threading.Thread(target=_watch, args=(parent, signum), daemon=True).start()
    if os.getppid() != parent:
        os._exit(ORPHANED)


def tie_with_children(parent: int, signum: int) -> None:
    """As `tie`, and whatever this process forks is tied to it in turn (Celery's pool, granian's workers)."""
    tie(parent, signum)
    os.register_at_fork(before=_remember_self, after_in_child=lambda: tie(_forker[0], signum))


_forker = [0]


def _remember_self() -> None:
    _forker[0] = os.getpid()


def _watch(parent: int, signum: int) -> None:
    while os.getppid() == parent:
        time.sleep(POLL_SECONDS)
    os.kill(os.getpid(), signum)


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _checked(result: int) -> None:
    if result:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def take_identity(identity: str) -> None:
    if identity == "namespace":
        uid, gid = os.geteuid(), os.getegid()
        _checked(_libc().unshare(CLONE_NEWUSER))
        for name, text in (("setgroups", "deny"), ("uid_map", f"{NOBODY} {uid} 1"), ("gid_map", f"{NOBODY} {gid} 1")):
            with open(f"/proc/self/{name}", "w") as file:
                file.write(text)
    elif identity != "same":
        os.setgroups([])
        os.setgid(int(identity))
        os.setuid(int(identity))


def guard(parent: int, signum: int, command: list[str]) -> int:
    """Where the kernel ties nobody: stay beside the command, pass signals on, end it when the parent is gone."""
    child = os.posix_spawn(command[0], command, os.environ)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT):
        signal.signal(number, lambda number, _frame: os.kill(child, number))
    told = False
    while True:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        if not told and os.getppid() != parent:
            os.kill(child, signum)
            told = True
        time.sleep(POLL_SECONDS / 5)


def main(parent: int, signum: int, identity: str, command: list[str]) -> None:
    try:
        take_identity(identity)
    except OSError as refusal:
        print(f"identity {identity} is refused here: {refusal}", file=sys.stderr)
        sys.exit(REFUSED)
    if not LINUX:
        sys.exit(guard(parent, signum, command))
    tie(parent, signum)
    os.execv(command[0], command)  # noqa: S606  no shell is wanted


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4:])
