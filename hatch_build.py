"""Writes the commit into the wheel, so that an installed product can say which one it is."""

import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CommitHook(BuildHookInterface):  # type: ignore[type-arg]
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """An editable installation asks git instead: its commit changes."""
        commit = self.commit()
        if version == "editable" or not commit:
            return
        written = Path(tempfile.mkdtemp()) / "commit.txt"
        written.write_text(commit, encoding="ascii")
        build_data["force_include"][str(written)] = "aperto/commit.txt"

    def commit(self) -> str:
        """Empty in an unpacked archive, which is no checkout."""
        command = ["git", "-C", self.root, "rev-parse", "HEAD"]
        try:
            return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603
        except (OSError, subprocess.CalledProcessError):
            return ""
