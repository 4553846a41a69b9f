/**
 * What an ejected project imports, in the versions that Flaxen's own environments have: the last for Python 3.11, and
 * those for 3.12 and newer.
 */
export const requirements = `\
flax==0.12.8 ; python_version < "3.12"
flax==0.12.12 ; python_version >= "3.12"
jax==0.10.2 ; python_version < "3.12"
jax==0.12.0 ; python_version >= "3.12"
numpy==2.4.6 ; python_version < "3.12"
numpy==2.5.5 ; python_version >= "3.12"
optax==0.2.8
pillow==13.0.0
polars==2.1.0
safetensors==0.8.0
scikit-learn==1.9.1
tokenizers==0.23.3
`;
