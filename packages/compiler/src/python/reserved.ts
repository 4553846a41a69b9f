const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Python's keywords, soft ones included. */
export const keywords: ReadonlySet<string> = new Set(
  words(`
  False None True and as assert async await break class continue def del elif else except finally for from global if
  import in is lambda nonlocal not or pass raise return try while with yield _ case match type
`),
);

const builtins = words(`
  ArithmeticError AssertionError AttributeError BaseException BaseExceptionGroup BlockingIOError BrokenPipeError
  BufferError BytesWarning ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError
  ConnectionResetError DeprecationWarning EOFError Ellipsis EncodingWarning EnvironmentError Exception ExceptionGroup
  FileExistsError FileNotFoundError FloatingPointError FutureWarning GeneratorExit IOError ImportError ImportWarning
  IndentationError IndexError InterruptedError IsADirectoryError KeyError KeyboardInterrupt LookupError MemoryError
  ModuleNotFoundError NameError NotADirectoryError NotImplemented NotImplementedError OSError OverflowError
  PendingDeprecationWarning PermissionError ProcessLookupError PythonFinalizationError RecursionError ReferenceError
  ResourceWarning RuntimeError RuntimeWarning StopAsyncIteration StopIteration SyntaxError SyntaxWarning SystemError
  SystemExit TabError TimeoutError TypeError UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError
  UnicodeTranslateError UnicodeWarning UserWarning ValueError Warning ZeroDivisionError abs aiter all anext any ascii
  bin bool breakpoint bytearray bytes callable chr classmethod compile complex copyright credits delattr dict dir
  divmod enumerate eval exec exit filter float format frozenset getattr globals hasattr hash help hex id input int
  isinstance issubclass iter len license list locals map max memoryview min next object oct open ord pow print
  property quit range repr reversed round set setattr slice sorted staticmethod str sum super tuple vars zip
`);

/** Python's keywords and builtins: no emitted identifier is one of them. */
export const reserved: ReadonlySet<string> = new Set([...keywords, ...builtins]);

/** What `nnx.Module` has already: no attribute of an emitted class is one of them. */
export const moduleAttributes: readonly string[] = words(
  "eval iter_children iter_modules perturb set_attributes sow train",
);

/** What the methods of emitted classes use by name. */
export const moduleNames: readonly string[] = words("self hp train nnx ops jax jnp");

/** What train.py imports, defines and uses as variables of `loss_fn` and `finish`. */
export const trainNames: readonly string[] = words(`
  functools sys jax jnp np optax nnx data run graph learning_rate optimizer init inputs loss_fn finish train_steps
  evaluate predict main trained params rest hp batch weight train model given outputs sums SUMS
`);
