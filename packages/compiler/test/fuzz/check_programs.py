"""Looks into emitted programs: nothing but the constructs and names that the compiler means to print.

Arguments: a folder with the runtime, how many programs to import. Standard input: JSON list of {file: text}.
Prints JSON: faults, each a line.
"""

import ast
import builtins
import importlib
import json
import pathlib
import sys

MODULES = {
    "functools",
    "sys",
    "math",
    "jax",
    "jax.numpy",
    "numpy",
    "optax",
    "flax",
    "flaxen",
    "model",
}
BUILTINS = {"dict", "enumerate", "float", "getattr", "int", "isinstance", "len", "list", "max", "min", "print", "range"}
BUILTINS |= {"reversed", "str", "sum", "super", "tuple", "zip"}
STATEMENTS = (
    ast.Module,
    ast.ClassDef,
    ast.FunctionDef,
    ast.Assign,
    ast.Expr,
    ast.Return,
    ast.If,
    ast.For,
    ast.With,
)
STATEMENTS += (
    ast.Break,
    ast.Import,
    ast.ImportFrom,
    ast.arguments,
    ast.arg,
    ast.alias,
    ast.withitem,
    ast.keyword,
)
STATEMENTS += (ast.AugAssign, ast.Raise)
EXPRESSIONS = (
    ast.Name,
    ast.Attribute,
    ast.Constant,
    ast.Tuple,
    ast.List,
    ast.Dict,
    ast.Subscript,
    ast.Slice,
    ast.Call,
)
EXPRESSIONS += (
    ast.BinOp,
    ast.UnaryOp,
    ast.BoolOp,
    ast.Compare,
    ast.IfExp,
    ast.Lambda,
    ast.Starred,
    ast.comprehension,
)
EXPRESSIONS += (ast.ListComp, ast.DictComp, ast.GeneratorExp, ast.NamedExpr)
ALLOWED = STATEMENTS + EXPRESSIONS + (ast.operator, ast.unaryop, ast.boolop, ast.cmpop, ast.expr_context)


def faults_of(text):
    tree = ast.parse(text)
    bound = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    bound |= {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    bound |= {node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef | ast.FunctionDef)}
    bound |= {
        (name.asname or name.name).split(".")[0] for node in ast.walk(tree) for name in getattr(node, "names", ())
    }
    for node in ast.walk(tree):
        if not isinstance(node, ALLOWED):
            yield f"a {type(node).__name__}"
        if isinstance(node, ast.Import):
            yield from (f"import of {name.name}" for name in node.names if name.name not in MODULES)
        if isinstance(node, ast.ImportFrom) and node.module not in MODULES:
            yield f"import from {node.module}"
        if (
            isinstance(node, ast.Name)
            and isinstance(node.ctx, ast.Load)
            and node.id not in bound | BUILTINS | {"__name__"}
        ):
            yield f"the name {node.id}"
        if isinstance(node, ast.Attribute) and node.attr.startswith("_"):
            yield f"the attribute {node.attr}"
        if (
            isinstance(node, ast.FunctionDef)
            and node.name.startswith("_")
            and node.name not in ("__init__", "__call__")
        ):
            yield f"the function {node.name}"
        if isinstance(node, ast.Expr) and not isinstance(node.value, ast.Constant | ast.Call):
            yield f"an expression {ast.unparse(node)[:80]}"


def main(folder, imports):
    folder = pathlib.Path(folder)
    programs = json.load(sys.stdin)
    faults = []
    for place, program in enumerate(programs):
        for file, text in program.items():
            try:
                found = sorted(set(faults_of(text)))
                found += [] if text.isascii() else ["characters outside of ASCII"]
            except SyntaxError as error:
                found = [f"{error}"]
            faults += [f"program {place}, {file}: {fault}\n{text}" for fault in found]
    if not faults:
        faults = imported(folder, programs[:imports])
    print(json.dumps(faults[:20]))


def imported(folder, programs):
    """Imports programs, listening for the canary and for everything that reaches out of the process."""
    sys.dont_write_bytecode = True
    sys.path.insert(0, str(folder))
    import flax.nnx  # noqa: F401  What the libraries do at their import is not the programs' doing.
    import optax  # noqa: F401

    import flaxen.run  # noqa: F401

    heard = []
    builtins.canary = lambda *_: heard.append("canary()")
    forbidden = (
        "os.system",
        "os.exec",
        "os.posix_spawn",
        "os.remove",
        "os.rename",
        "shutil.",
        "socket.",
        "subprocess.",
    )

    def listen(event, arguments):
        if event.startswith(forbidden):
            heard.append(event)
        elif event == "open" and isinstance(arguments[1], str) and arguments[1].strip("rbtU"):
            heard.append(f"open {arguments[:2]}")

    listening = False
    sys.addaudithook(lambda event, arguments: listen(event, arguments) if listening else None)
    faults = []
    for program in programs:
        for file, text in program.items():
            (folder / file).write_text(text)
        importlib.invalidate_caches()
        heard.clear()
        listening = True
        try:
            for file in program:
                sys.modules.pop(file.removesuffix(".py"), None)
                importlib.import_module(file.removesuffix(".py"))
        except Exception as error:  # whatever it is, it is a fault
            heard.append(f"{type(error).__name__}: {error}")
        listening = False
        if heard:
            faults.append(f"{heard[:3]} from\n{program['model.py']}")
    return faults


main(sys.argv[1], int(sys.argv[2]))
