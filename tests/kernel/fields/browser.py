"""What a browser would send of a piece of HTML, and whether the HTML is sound."""

from html.parser import HTMLParser

from django.http import QueryDict

VOID = {"input", "br", "rect", "hr", "img", "use"}
Attributes = dict[str, str | None]


class Form(HTMLParser):
    """Reads controls; complains of tags that do not pair, of inline scripts and of inline styles."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.sent: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.select: tuple[str, bool] | None = None
        self.options: list[tuple[str, bool]] = []
        self.area: list[str] | None = None
        self.area_name = ""
        self.feed(markup)
        self.close()
        assert not self.open, f"not closed: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given: Attributes = dict(attrs)
        self.tags.add(tag)
        assert len(given) == len(attrs), f"an attribute stands twice: {attrs}"
        assert not [name for name in given if name.startswith("on") or name == "style"], attrs
        if tag not in VOID:
            self.open.append(tag)
        if "template" in self.open:
            return
        if tag == "input":
            self.control(given)
        elif tag == "select":
            self.select, self.options = (given["name"] or "", "multiple" in given), []
        elif tag == "option":
            self.options.append((given.get("value") or "", "selected" in given))
        elif tag == "textarea":
            self.area, self.area_name = [], given["name"] or ""

    def control(self, given: Attributes) -> None:
        if given["type"] not in ("checkbox", "radio") or "checked" in given:
            self.sent.append((given["name"] or "", given.get("value") or ""))

    def handle_data(self, data: str) -> None:
        if self.area is not None:
            self.area.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        assert self.open.pop() == tag
        if "template" in self.open:
            return
        if tag == "select" and self.select:
            name, multiple = self.select
            chosen = [value for value, selected in self.options if selected]
            if not chosen and not multiple and self.options:
                chosen = [self.options[0][0]]
            self.sent += [(name, value) for value in chosen]
        elif tag == "textarea" and self.area is not None:
            self.sent.append((self.area_name, "".join(self.area).removeprefix("\n")))
            self.area = None


def post_of(markup: str) -> QueryDict:
    post = QueryDict(mutable=True)
    for name, value in Form(markup).sent:
        post.appendlist(name, value)
    return post
