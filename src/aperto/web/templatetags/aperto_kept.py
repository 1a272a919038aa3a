"""Parts of a page that are the same for many requests, drawn once for the values that they are made of.

    {% load aperto_kept %}{% kept nav=shell.nav %}…{% endkept %}

The inside sees the values that the tag names and nothing else: no request, no user, no token. What it draws
therefore depends on these and the language alone, and can be handed to whoever has the same values.
"""

from collections import OrderedDict
from collections.abc import Hashable, Sequence
from typing import Any

from django.template import Context, Library, Node, NodeList
from django.template.base import FilterExpression, Parser, Token, token_kwargs
from django.template.exceptions import TemplateSyntaxError
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = Library()
MOST = 300  # of each place in a template


class Kept(Node):
    def __init__(self, named: dict[str, FilterExpression], nodelist: NodeList) -> None:
        self.named = tuple(named.items())
        self.nodelist = nodelist
        self.drawn: OrderedDict[Hashable, SafeString] = OrderedDict()

    def render(self, context: Context) -> SafeString:
        values = [each.resolve(context) for _name, each in self.named]
        key = (get_language(), *values)
        try:
            drawn = self.drawn.get(key)
        except TypeError:  # a value that may change, such as a list, is drawn each time
            return self._draw(context, values)
        if drawn is None:
            drawn = self.drawn[key] = self._draw(context, values)
            if len(self.drawn) > MOST:
                self.drawn.popitem(last=False)
        return drawn

    def _draw(self, context: Context, values: Sequence[Any]) -> SafeString:
        named = {name: value for (name, _each), value in zip(self.named, values, strict=True)}
        return self.nodelist.render(context.new(named))


@register.tag
def kept(parser: Parser, token: Token) -> Kept:
    _tag, *bits = token.split_contents()
    named = token_kwargs(bits, parser)
    if bits:
        raise TemplateSyntaxError("{% kept %} takes name=value")
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return Kept(named, nodelist)
