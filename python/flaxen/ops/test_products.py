"""The product of features at many positions is that of `lax`, and so are its gradients."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from flax import nnx

from flaxen import ops

LEADING = [(), (5,), (2, 3), (2, 3, 4)]


@pytest.mark.parametrize("leading", LEADING)
def test_values_and_gradients_are_those_of_lax(leading):
    rng = np.random.default_rng(0)
    x = rng.normal(size=(*leading, 6)).astype(np.float32)
    own, stock = (kind(6, 7, rngs=nnx.Rngs(0)) for kind in (ops.Linear, nnx.Linear))
    np.testing.assert_allclose(own(x), stock(x), rtol=1e-6, atol=1e-6)

    def gradients(layer):
        graph, params = nnx.split(layer)
        return jax.grad(lambda params, x: jnp.sin(nnx.merge(graph, params)(x)).sum(), (0, 1))(params, x)

    jax.tree.map(lambda a, b: np.testing.assert_allclose(a, b, rtol=1e-5, atol=1e-5), gradients(own), gradients(stock))


def test_positions_are_rows_of_one_matrix_in_the_gradient_too():
    x, kernel = jnp.zeros((2, 3, 4)), jnp.zeros((4, 5))
    numbers = (((2,), (0,)), ((), ()))
    jaxpr = jax.make_jaxpr(jax.grad(lambda kernel: ops.dot_general(x, kernel, numbers).sum()))(kernel)
    products = [equation for equation in jaxpr.eqns if equation.primitive.name == "dot_general"]
    assert products
    assert all(len(variable.aval.shape) == 2 for equation in products for variable in equation.invars)


def test_another_product_is_left_to_lax():
    x, kernel = jnp.arange(24.0).reshape(2, 3, 4), jnp.arange(6.0).reshape(3, 2)
    found = ops.dot_general(x, kernel, (((1,), (0,)), ((), ())))
    np.testing.assert_allclose(found, np.einsum("bfc,fu->bcu", x, kernel))
