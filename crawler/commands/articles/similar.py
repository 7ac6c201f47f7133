"""`warraq similar`: the source and the copies of an article, and the articles that share text with a file."""

from pathlib import Path
from typing import Annotated, Any

import typer

from crawler.commands import options
from crawler.output.printing import console, minute, one_line, print_json, table
from crawler.translation import _, counted, padded, terminal_cell, terminal_line
from storage.errors import PageError, UsageError
from storage.messages import message


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
        matches = similar_to_text(engine, _text_of(ref))
        if as_json:
            print_json(matches)
        else:
            _print_matches(matches)
        return
    answer = copies_of(engine, ref)
    if answer is None:
        raise UsageError(
            message(
                "{ref!r} is no file and no article of the archive; `warraq search` finds articles by words", ref=ref
            )
        )
    near = related_to(engine, ref)
    if as_json:
        print_json({**answer, "related": near})
    else:
        _print_copies(answer)
        _print_related(near)


def _text_of(source: str) -> str:
    from crawler.commands.articles.read import extract_file
    from crawler.site import Site
    from storage.records import Reason

    extraction = extract_file(source, Site("file", "http://file.invalid/"))
    if extraction.article is None:
        reason = extraction.reason.value if extraction.reason else Reason.EMPTY.value
        raise PageError(message("{source!s}: no article ({reason})", source=source, reason=reason))
    return str(extraction.article.text)


def _print_copies(answer: dict[str, Any]) -> None:
    out = console()

    def line(name: str, record: dict[str, Any] | None, more: str = "") -> None:
        if record is not None:
            about = f"{minute(record['published_at'])} {record['site']} [{record['id']}] {one_line(record['title'])}"
            out.print(f"{padded(_(name), 10)} {about}{more}", markup=False, soft_wrap=True)

    line(message("article"), answer["article"])
    share = _(message("{share:.0%} of its words", share=answer["share"]))
    line(answer["relation"], answer["source"], f" ({terminal_cell(share)})")
    line(message("also"), answer["also"])
    line(message("first"), answer["first"])
    if answer["credits"]:
        named = one_line("، ".join(answer["credits"]))
        out.print(f"{padded(_('credits'), 10)} {named}", markup=False, soft_wrap=True)
    if answer["copies"]:
        out.print()
        columns = [_("id"), _("published"), _("site"), _("relation"), _("share"), _("headline")]
        out.print(table(None, columns, [_row(each) for each in answer["copies"]], right=(0, 4), unbroken=(1,)))
    if answer["total"] > len(answer["copies"]):
        line_of_rest = counted("… and {n:,} more", answer["total"] - len(answer["copies"]))
        out.print(terminal_line(line_of_rest), markup=False)
    if answer["source"] is None and not answer["copies"]:
        out.print(terminal_line(_("No copy of it is known.")), markup=False)


def _print_related(near: list[dict[str, Any]]) -> None:
    if near:
        rows = [[each["id"], minute(each["published_at"]), each["site"], one_line(each["title"])] for each in near]
        out = console()
        out.print()
        columns = [_("id"), _("published"), _("site"), _("headline")]
        out.print(table(terminal_cell(_("related")), columns, rows, right=(0,), unbroken=(1,)))


def _print_matches(matches: list[dict[str, Any]]) -> None:
    out = console()
    if not matches:
        out.print(terminal_line(_("No article of the archive shares text with it.")), markup=False)
        return
    columns = [_("id"), _("published"), _("site"), _("relation"), _("share"), _("has of it"), _("headline")]
    rows = [[*_row(each)[:5], f"{each['back']['share']:.0%}", one_line(each["title"])] for each in matches]
    out.print(table(None, columns, rows, right=(0, 4, 5), unbroken=(1,)))


def _row(each: dict[str, Any]) -> list[Any]:
    about = [each["id"], minute(each["published_at"]), each["site"]]
    return [*about, _(each["relation"]), f"{each['share']:.0%}", one_line(each["title"])]
