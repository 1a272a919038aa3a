"""Office documents drawn by LibreOffice, where it is installed, in a profile that is thrown away."""

import os
import subprocess
from pathlib import Path
from urllib.request import pathname2url

from aperto.kernel.inspection import pdf
from aperto.kernel.inspection.report import ABSENT, NONE, Seen

SECONDS = 60


def look(program: str, source: Path, target: Path) -> Seen:
    """`source` has no ending; the program judges by content, as we did."""
    if not program:
        return Seen(preview=ABSENT)
    profile = target / "profile"
    profile.mkdir()
    command = [
        program,
        f"-env:UserInstallation=file://{pathname2url(str(profile))}",
        "--headless", "--nologo", "--nolockcheck", "--norestore", "--convert-to", "pdf",
        "--outdir", str(target), str(source),
    ]  # fmt: skip
    environment = {"HOME": str(profile), "PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"}
    subprocess.run(  # noqa: S603 - the operator's program, the file is named by us
        command, env=environment, timeout=SECONDS, capture_output=True, check=False, cwd=target
    )
    made = target / f"{source.stem}.pdf"
    return pdf.look(made, target) if made.exists() else Seen(preview=NONE)
