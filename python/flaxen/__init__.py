"""The part of a training program that is the same for every model; copied beside each program."""
