"""What an environment is to hold: locked packages by name, others on top of them, and what they compute on."""

import dataclasses
import pathlib

from flaxen_supervisor.environment.packages import Package


@dataclasses.dataclass(frozen=True)
class Description:
    """As a request has it. `wheelhouse`: the only source of wheels; `accelerator`: None for what the machine has."""

    name: str
    packages: tuple[Package, ...] = ()
    wheelhouse: pathlib.Path | None = None
    accelerator: str | None = None

    @classmethod
    def of(cls, value):
        """From a name, from {name, packages, wheelhouse, accelerator}, or one already."""
        if isinstance(value, cls):
            return value
        if isinstance(value, str):
            return cls(value)
        packages = {package.text: package for package in map(Package.parse, value.get("packages") or ())}
        wheelhouse = value.get("wheelhouse")
        return cls(
            name=value["name"],
            packages=tuple(packages[text] for text in sorted(packages)),
            wheelhouse=pathlib.Path(wheelhouse) if wheelhouse else None,
            accelerator=value.get("accelerator") or None,
        )

    def arguments(self):
        """Those of `flaxen_supervisor.environment ensure` for it."""
        # One word each: a value may look like an option.
        yield f"--name={self.name}"
        yield from (f"--package={package.text}" for package in self.packages)
        if self.wheelhouse:
            yield f"--wheelhouse={self.wheelhouse}"
        if self.accelerator:
            yield f"--accelerator={self.accelerator}"
