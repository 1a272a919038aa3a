"""What each subcommand may be told. Only argparse here: this is read on every start."""

import argparse
import os

LANGUAGES = ("en", "nl", "pt", "fr")
HOST, PORT, WORKERS = "127.0.0.1", 8000, 2


def count(text: str) -> int:
    if not text.isdigit() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number above 0")
    return int(text)


def everywhere(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", metavar="DIR", help="folder of database, files and secrets")
    parser.add_argument("--debug", action="store_true", help="show tracebacks")


def nothing(parser: argparse.ArgumentParser) -> None:
    """Only what every subcommand takes."""


def web(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default=HOST, help=f"address to listen on ({HOST})")
    parser.add_argument("--port", type=int, default=PORT, help=f"port to listen on ({PORT})")
    parser.add_argument("--workers", type=count, default=WORKERS, help=f"web processes ({WORKERS})")


def live(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default=HOST, help=f"address to listen on ({HOST})")
    parser.add_argument("--port", type=int, default=PORT + 1, help=f"port to listen on ({PORT + 1})")


def up(parser: argparse.ArgumentParser) -> None:
    web(parser)
    parser.add_argument("--demo", action="store_true", help="fill an empty installation with a demo company")
    parser.add_argument("--pack", default="", metavar="NAME", help="bring in one of the packs of Aperto")
    language(parser)


def language(parser: argparse.ArgumentParser) -> None:
    spoken = os.environ.get("LANG", "")[:2]
    default = spoken if spoken in LANGUAGES else "en"
    parser.add_argument(
        "--language", choices=LANGUAGES, default=default, help=f"of the demo company ({default})"
    )


def demo(parser: argparse.ArgumentParser) -> None:
    language(parser)


def user_create(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("email")
    parser.add_argument("--name", default="", help="as colleagues see it; else the part before the @")
    parser.add_argument("--role", default="user", help="administrator, manager, user (default) or read_only")


def user_link(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("email")
    parser.add_argument("--minutes", type=count, default=15, help="how long the link works (15)")


def user_unlock(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("email")


def migrate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "source", nargs="?", default="", help="a dump, or mysql://… or postgresql://…; none: this database"
    )
    parser.add_argument("--dry-run", action="store_true", help="only say what would become of it")
    parser.add_argument("--zone", default="", help="of the source's clock, such as Europe/Paris")
    parser.add_argument(
        "--deleted", choices=("leave", "bin"), default="leave", help="what lies in its bin (leave)"
    )
    parser.add_argument("--files", default="", metavar="DIR", help="the folder that holds its files")
    parser.add_argument("--origin", default="", help="a name, when two systems of one kind move in")
    parser.add_argument(
        "--undo", metavar="KEY", default="", help="take a migration back: its key, last or all"
    )
    _in_whose_name(parser)


def import_(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file")
    parser.add_argument("--object", required=True, help="what each row is: contact, company, deal…")
    parser.add_argument(
        "--user", default="", metavar="EMAIL", help="in whose name; else the first administrator"
    )
    parser.add_argument(
        "--match", default="", metavar="FIELDS", help="fields that find existing records: email,name"
    )
    parser.add_argument(
        "--existing", choices=("skip", "update", "create"), default="skip", help="what to do with them"
    )


def export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--object", required=True, help="which records: contact, company, deal…")
    parser.add_argument(
        "--user", default="", metavar="EMAIL", help="in whose name; else the first administrator"
    )
    parser.add_argument("--filter", default="", help="as typed in a list: owner = me and amount > 1000")
    parser.add_argument("--output", default="-", metavar="FILE", help="else the terminal")


def configuration_export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", default="-", help="else the terminal")
    _in_whose_name(parser)


def configuration_diff(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", default="")
    parser.add_argument("--pack", default="", metavar="NAME", help="one of the packs that come with Aperto")
    parser.add_argument("--remove", action="store_true", help="remove what the file does not name")
    _in_whose_name(parser)


def configuration_apply(parser: argparse.ArgumentParser) -> None:
    configuration_diff(parser)
    parser.add_argument("--dry-run", action="store_true", help="only say what would be done or refused")


def configuration_undo(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("batch", help="as apply has printed it")
    _in_whose_name(parser)


def _in_whose_name(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--user", default="", metavar="EMAIL", help="in whose name; else the first administrator"
    )


def as_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="for programs")
