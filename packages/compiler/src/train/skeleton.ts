import { Eta } from "eta/core";

/** What train.py is filled with. Texts end without a line break and are indented for their place. */
export interface TrainParts {
  readonly header: string;
  readonly numpy: boolean;
  readonly className: string;
  readonly sums: string;
  readonly graph: string;
  /** What the optimizer needs, each text a function. */
  readonly functions: readonly string[];
  /** `FROZEN`, `GROUPS`. */
  readonly constants: string | undefined;
  /** `frozen` and `trained`, where weights are frozen. */
  readonly frozen: string | undefined;
  /** Parts in which a batch is read. */
  readonly parts: number | undefined;
  /** Whether a mean of the weights is kept. */
  readonly average: boolean;
  /** Whether the run starts from given weights. */
  readonly weights: boolean;
  readonly optimizer: string;
  readonly inputs: string;
  readonly loss: string;
  /** `return` and what is minimised. */
  readonly minimised: string;
  /** What the total of all parts is divided by. */
  readonly divisor: string;
  readonly finish: string;
  readonly zeros: string;
  /** The sums of no row. */
  readonly nothing: string;
  /** The filter of parameters that learn. */
  readonly trained: string;
  readonly validation: boolean;
  readonly test: boolean;
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
<% if (it.constants) { -%>
<%~ it.constants %>
<% } -%>
<% if (it.parts) { -%>
PARTS = <%~ it.parts %>  # every batch is read in so many, one after another
<% } -%>

<%~ it.graph %>


<% if (it.frozen) { -%>
<%~ it.frozen %>


<% } -%>
<% for (const text of it.functions) { -%>
<%~ text %>


<% } -%>
def optimizer(hp):
<%~ it.optimizer %>


@jax.jit
def init(key, hp<% if (it.weights) { %>, weights<% } %>):
<% if (it.average) { -%>
    """Returns the carry: mean parameters, the model's other state, (parameters, the optimizer's state, steps)."""
<% } else { -%>
    """Returns the carry: parameters, the model's other state, the optimizer's state."""
<% } -%>
    model = <%~ it.className %>(nnx.Rngs(key))
    params, rest = (nnx.to_pure_dict(state) for state in nnx.split(model, <%~ it.trained %>, ...)[1:])
<% if (it.weights) { -%>
    params, rest = run.start_from(weights, params, rest)
<% } -%>
<% if (it.average) { -%>
    return params, rest, (params, optimizer(hp).init(params), jnp.int32(0))
<% } else { -%>
    return params, rest, optimizer(hp).init(params)
<% } -%>


def inputs(batch):
    """From rows of the data to what the model reads."""
<%~ it.inputs %>


def loss_fn(params, rest, hp, batch, weight, train):
    """Returns the <%~ it.parts ? "total" : "mean" %> loss, the model's new state and the batch's sums; weight: [batch], 0 where a row only fills."""
    model = nnx.merge(graph, params, rest)
<%~ it.loss %>
<%~ it.minimised %>, (nnx.to_pure_dict(nnx.state(model, nnx.Not(<%~ it.trained %>))), sums)


def finish(sums):
    """Sums over any number of batches -> the metrics of all their rows."""
<%~ it.finish %>


@functools.partial(jax.jit, donate_argnums=0)
def train_steps(carry, hp, count, dataset, index, weight):
    """Runs \`count\` steps on the device; index, weight: [chunk, batch]. Returns the carry and the sums of each step."""

    def step(i, state):
<% if (it.average) { -%>
        (average, rest, (params, opt_state, steps)), log = state
<% } else { -%>
        (params, rest, opt_state), log = state
<% } -%>
<% if (it.parts) { -%>
        rows, weights = index[i].reshape(PARTS, -1), weight[i].reshape(PARTS, -1)

        def part(j, state):
            rest, grads, sums = state
            batch = {name: column[rows[j]] for name, column in dataset.items()}
            gradient = jax.grad(loss_fn, has_aux=True)
            more, (rest, added) = gradient(params, rest, hp, batch, weights[j], train=True)
            return rest, jax.tree.map(jnp.add, grads, more), {name: sums[name] + added[name] for name in SUMS}

        nothing = jax.tree.map(jnp.zeros_like, params), <%~ it.nothing %>
        rest, grads, sums = jax.lax.fori_loop(0, PARTS, part, (rest, *nothing))
        grads = jax.tree.map(lambda grad: grad / <%~ it.divisor %>, grads)
<% } else { -%>
        batch = {name: column[index[i]] for name, column in dataset.items()}
        gradient = jax.value_and_grad(loss_fn, has_aux=True)
        (_, (rest, sums)), grads = gradient(params, rest, hp, batch, weight[i], train=True)
<% } -%>
        updates, opt_state = optimizer(hp).update(grads, opt_state, params)
<% if (it.average) { -%>
        params = optax.apply_updates(params, updates)
        decay = jnp.minimum(hp["average_weights"], steps / (steps + 10))  # the first weights are soon forgotten
        average = optax.incremental_update(params, average, 1 - decay)
        log = {name: log[name].at[i].set(sums[name]) for name in SUMS}
        return (average, rest, (params, opt_state, steps + 1)), log
<% } else { -%>
        log = {name: log[name].at[i].set(sums[name]) for name in SUMS}
        return (optax.apply_updates(params, updates), rest, opt_state), log
<% } -%>

    log = <%~ it.zeros %>
    return jax.lax.fori_loop(0, count, step, (carry, log))


<% if (it.validation || it.test) { -%>
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
    with run.open(config, init, train_steps, <%~ it.validation || it.test ? "evaluate" : "None" %>, finish) as r:
<% if (it.test) { -%>
        train, <%~ it.validation ? "validation" : "_" %>, test = data.load(config)
        carry = r.init(train, <%~ it.validation ? "validation" : "None" %>, test)
<% } else if (it.validation) { -%>
        train, validation = data.load(config)
        carry = r.init(train, validation)
<% } else { -%>
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
<% if (it.test) { -%>
        r.test(carry, test)
<% } -%>
        r.save(carry)


if __name__ == "__main__":
    main(run.read_config(sys.argv[1:]))
`;

const eta = new Eta({ autoEscape: false, autoTrim: false });

export const renderTrain = (parts: TrainParts): string => eta.renderString(skeleton, parts);
