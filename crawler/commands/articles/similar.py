"""`warraq similar`: what an article is a copy of, who copied it, and which articles have words of a text."""

from pathlib import Path
from typing import Annotated, Any

import typer

from crawler.commands import options
from crawler.output.printing import console, minute, one_line, print_json, table
from storage.errors import PageError, UsageError


def similar(
    ref: Annotated[
        str,
        typer.Argument(metavar="URL|ID|FILE", help="An article of the archive, or a file: .txt, .html, - for stdin."),
    ],
    as_json: options.Json = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """Show where an article was taken from, who printed it first, and who else has it, wholly or in part.

    Below them, as "related": articles of the same days that may tell its story in other words, a guess to look at.
    For a file: the articles that share text with it, whenever they were published. What was saved since the last
    answer is looked at first. docs/copies.md says how copies are told.

    For example:

        warraq similar 12

        warraq similar article.txt --json
    """
    from storage.db.database import open_readonly
    from storage.queries.similar_articles import copies_of, related_to, similar_to_text
    from storage.similar import copy_log

    engine = open_readonly(archive, db)
    copy_log.catch_up_if_possible(engine)
    if ref == "-" or ("://" not in ref and Path(ref).is_file()):
        found = similar_to_text(engine, _text_of(ref))
        if as_json:
            print_json(found)
        else:
            _print_matches(found)
        return
    told = copies_of(engine, ref)
    if told is None:
        raise UsageError(f"{ref!r} is no file and no article of the archive; `warraq search` finds articles by words")
    near = related_to(engine, ref)
    if as_json:
        print_json({**told, "related": near})
    else:
        _print_copies(told)
        _print_related(near)


def _text_of(source: str) -> str:
    from crawler.commands.articles.read import extract_file
    from crawler.site import Site

    extraction = extract_file(source, Site("file", "http://file.invalid/"))
    if extraction.article is None:
        raise PageError(f"{source}: no article ({extraction.reason.value if extraction.reason else 'empty'})")
    return str(extraction.article.text)


def _print_copies(told: dict[str, Any]) -> None:
    out = console()

    def line(name: str, record: dict[str, Any] | None, more: str = "") -> None:
        if record is not None:
            about = f"{minute(record['published_at'])} {record['site']} [{record['id']}] {one_line(record['title'])}"
            out.print(f"{name:<10} {about}{more}", markup=False, soft_wrap=True)

    line("article", told["article"])
    line(told["relation"], told["source"], f" ({told['share']:.0%} of its words)")
    line("also", told["also"])
    line("first", told["first"])
    if told["credits"]:
        out.print(f"{'credits':<10} {one_line('، '.join(told['credits']))}", markup=False, soft_wrap=True)
    if told["copies"]:
        out.print()
        columns = ["id", "published", "site", "relation", "share", "headline"]
        out.print(table(None, columns, [_row(each) for each in told["copies"]], right=(0, 4), unbroken=(1,)))
    if told["total"] > len(told["copies"]):
        out.print(f"… and {told['total'] - len(told['copies']):,} more", markup=False)
    if told["source"] is None and not told["copies"]:
        out.print("No copy of it is known.", markup=False)


def _print_related(near: list[dict[str, Any]]) -> None:
    if near:
        rows = [[each["id"], minute(each["published_at"]), each["site"], one_line(each["title"])] for each in near]
        out = console()
        out.print()
        out.print(table("related", ["id", "published", "site", "headline"], rows, right=(0,), unbroken=(1,)))


def _print_matches(found: list[dict[str, Any]]) -> None:
    out = console()
    if not found:
        out.print("No article of the archive shares text with it.", markup=False)
        return
    columns = ["id", "published", "site", "relation", "share", "has of it", "headline"]
    rows = [[*_row(each)[:5], f"{each['back']['share']:.0%}", one_line(each["title"])] for each in found]
    out.print(table(None, columns, rows, right=(0, 4, 5), unbroken=(1,)))


def _row(each: dict[str, Any]) -> list[Any]:
    about = [each["id"], minute(each["published_at"]), each["site"]]
    return [*about, each["relation"], f"{each['share']:.0%}", one_line(each["title"])]
