"""Why there is no environment."""


class EnvironmentBuildError(Exception):
    """`output`: the end of what the installer printed.

    `code`: "env-failed", "disk-full", "python-too-old", "bad-package", "package-not-found" or "package-conflict".
    """

    def __init__(self, code, message, output=""):
        super().__init__(message)
        self.code, self.output = code, output
