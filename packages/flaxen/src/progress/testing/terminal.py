"""python terminal.py COLUMNS COMMAND…: runs it in a terminal of its own and prints what the terminal was sent.

A line on standard input acts on it: `columns N` changes the width, `signal N` signals the process, `wait TEXT` goes on
once the terminal was sent that. The last line is a JSON object: {"exit": code as the shell has it}.
"""

import fcntl
import json
import os
import pty
import struct
import sys
import termios
import threading
import time


def resize(terminal, columns):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))


def act(pid, terminal, sent):
    for line in sys.stdin:
        verb, _, value = line.strip().partition(" ")
        if verb == "wait":
            while value.encode() not in sent:
                time.sleep(0.005)
        elif verb == "columns":
            resize(terminal, int(value))
        elif verb == "signal":
            os.kill(pid, int(value))


def main():
    columns, *command = sys.argv[1:]
    pid, terminal = pty.fork()
    if pid == 0:
        resize(0, int(columns))
        os.execvp(command[0], command)
    sent = bytearray()
    threading.Thread(target=act, args=(pid, terminal, sent), daemon=True).start()
    while True:
        try:
            data = os.read(terminal, 65536)
        except OSError:
            break
        if not data:
            break
        sent += data
    _, status = os.waitpid(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    sys.stdout.buffer.write(sent + b"\n" + json.dumps({"exit": code}).encode())


main()
