import { Eta } from "eta/core";

/** What train.py is filled with. Texts end without a line break and are indented for their place. */
export interface TrainParts {
  readonly header: string;
  readonly numpy: boolean;
  readonly className: string;
  readonly sums: string;
  readonly graph: string;
  readonly schedule: string | undefined;
  readonly optimizer: string;
  readonly inputs: string;
  readonly loss: string;
  readonly finish: string;
  readonly zeros: string;
  readonly validation: boolean;
  readonly predict: string;
}

const skeleton = `\
<%~ it.header %>

import functools
import sys

import jax
import jax.numpy as jnp
<% if (it.numpy) { -%>
import numpy as np
<% } -%>
import optax
from flax import nnx

from flaxen import data, run
from model import <%~ it.className %>

<%~ it.sums %>

<%~ it.graph %>


<% if (it.schedule) { -%>
<%~ it.schedule %>


<% } -%>
def optimizer(hp):
<%~ it.optimizer %>


@jax.jit
def init(key, hp):
    """Returns the carry: parameters, the model's other state, the optimizer's state."""
    model = <%~ it.className %>(nnx.Rngs(key))
    params, rest = (nnx.to_pure_dict(state) for state in nnx.split(model, nnx.Param, ...)[1:])
    return params, rest, optimizer(hp).init(params)


def inputs(batch):
    """From rows of the data to what the model reads."""
<%~ it.inputs %>


def loss_fn(params, rest, hp, batch, weight, train):
    """Returns the mean loss, the model's new state and the batch's sums; weight: [batch], 0 where a row only fills."""
    model = nnx.merge(graph, params, rest)
<%~ it.loss %>
    return sums["loss"] / sums["rows"], (nnx.to_pure_dict(nnx.state(model, nnx.Not(nnx.Param))), sums)


def finish(sums):
    """Sums over any number of batches -> the metrics of all their rows."""
<%~ it.finish %>


@functools.partial(jax.jit, donate_argnums=0)
def train_steps(carry, hp, count, dataset, index, weight):
    """Runs \`count\` steps on the device; index, weight: [chunk, batch]. Returns the carry and the sums of each step."""

    def step(i, state):
        (params, rest, opt_state), log = state
        batch = {name: column[index[i]] for name, column in dataset.items()}
        gradient = jax.value_and_grad(loss_fn, has_aux=True)
        (_, (rest, sums)), grads = gradient(params, rest, hp, batch, weight[i], train=True)
        updates, opt_state = optimizer(hp).update(grads, opt_state, params)
        log = {name: log[name].at[i].set(sums[name]) for name in SUMS}
        return (optax.apply_updates(params, updates), rest, opt_state), log

    log = <%~ it.zeros %>
    return jax.lax.fori_loop(0, count, step, (carry, log))


<% if (it.validation) { -%>
@jax.jit
def evaluate(carry, hp, dataset, index, weight):
    """The sums of each batch; nothing is learnt or dropped. index, weight: [batches, batch]."""
    params, rest, _ = carry

    def step(i, log):
        batch = {name: column[index[i]] for name, column in dataset.items()}
        _, (_, sums) = loss_fn(params, rest, hp, batch, weight[i], train=False)
        return {name: log[name].at[i].set(sums[name]) for name in SUMS}

    log = <%~ it.zeros %>
    return jax.lax.fori_loop(0, len(index), step, log)


<% } -%>
@jax.jit
def predict(carry, hp, batch):
<%~ it.predict %>


def main(config):
<% if (it.validation) { -%>
    with run.open(config, init, train_steps, evaluate, finish) as r:
        train, validation = data.load(config)
        carry = r.init(train, validation)
<% } else { -%>
    with run.open(config, init, train_steps, None, finish) as r:
        train, _ = data.load(config)
        carry = r.init(train)
<% } -%>
        for epoch in r.epochs():
            for count, index, weight in r.chunks(epoch):
                carry, sums = r.train_steps(carry, count, train, index, weight)
                r.steps(count, sums)
<% if (it.validation) { -%>
            if r.epoch(epoch, carry, r.evaluate(carry, validation)):
<% } else { -%>
            if r.epoch(epoch, carry):
<% } -%>
                break
        r.save(carry)


if __name__ == "__main__":
    main(run.read_config(sys.argv[1:]))
`;

const eta = new Eta({ autoEscape: false, autoTrim: false });

export const renderTrain = (parts: TrainParts): string => eta.renderString(skeleton, parts);
