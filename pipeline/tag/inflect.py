"""English inflections, made from a base form when a codebook is compiled.

Written so that no model is needed at run time: a phrase's word matches every regular form
and the irregular ones listed here. It makes too many forms rather than too few ("detered"
beside "deterred"): a form nobody writes matches nothing.

    >>> sorted(inflections("deny"))
    ['denied', 'denies', 'deny', 'denying']
"""

import re
from functools import cache

_IRREGULAR = """
be am is are was were been being 'm 're 's
have has had having 've
do does did done doing
go goes went gone going
say says said saying
make makes made making
take takes took taken taking
come comes came coming
see sees saw seen seeing
know knows knew known knowing
get gets got gotten getting
give gives gave given giving
find finds found finding
think thinks thought thinking
tell tells told telling
become becomes became becoming
leave leaves left leaving
feel feels felt feeling
bring brings brought bringing
begin begins began begun beginning
keep keeps kept keeping
hold holds held holding
write writes wrote written writing
stand stands stood standing
hear hears heard hearing
mean means meant meaning
meet meets met meeting
run runs ran running
pay pays paid paying
sit sits sat sitting
speak speaks spoke spoken speaking
lie lies lay lain lying
lead leads led leading
read reads reading
grow grows grew grown growing
lose loses lost losing
fall falls fell fallen falling
send sends sent sending
build builds built building
understand understands understood understanding
draw draws drew drawn drawing
break breaks broke broken breaking
spend spends spent spending
rise rises rose risen rising
drive drives drove driven driving
buy buys bought buying
wear wears wore worn wearing
choose chooses chose chosen choosing
fight fights fought fighting
sell sells sold selling
teach teaches taught teaching
strike strikes struck striking
shake shakes shook shaken shaking
bind binds bound binding
withdraw withdraws withdrew withdrawn withdrawing
withstand withstands withstood withstanding
seek seeks sought seeking
win wins won winning
show shows showed shown showing
shut shuts shutting
set sets setting
put puts putting
cut cuts cutting
cost costs costing
let lets letting
hit hits hitting
man men
woman women
person people persons
child children
life lives
foot feet
analysis analyses
crisis crises
ally allies
"""
_TABLE = {line.split()[0]: frozenset(line.split()) for line in _IRREGULAR.strip().splitlines()}


# Words of grammar have no inflections: "not" is no base form of "noted".
_CLOSED = frozenset(
    "a about above across after again against all almost alone along already also although always "
    "am among an and another any anyone anything are as at away because been before behind being "
    "below beneath beside besides between beyond both but by can cannot could despite down during "
    "each either else enough even ever every everyone everything except few for from had has he "
    "her here hers him his how however i if in indeed instead into is it its just least less many "
    "may maybe me might mine more most much must my neither never nevertheless no nobody none nor "
    "not nothing now nowhere of off often on once only onto or other others ought our ours out "
    "over own per perhaps quite rather really same several shall she should since so some someone "
    "something soon still such than that the their theirs them then there therefore these they "
    "this those though through throughout thus to together too toward towards under unless until "
    "up upon us very was we well were what whatever when whenever where whereas wherever whether "
    "which while who whoever whole whom whose why will with within without would yet you your "
    "yours".split()
)


@cache
def inflections(base: str) -> frozenset[str]:
    """Return the lower-case forms that a base form stands for, itself among them."""
    if base in _TABLE:
        return _TABLE[base]
    if base in _CLOSED or not re.fullmatch(r"[a-z]{2,}", base):
        return frozenset({base})
    return frozenset({base, _with_s(base), *_with_suffix(base, "ed"), *_with_suffix(base, "ing")})


def _with_s(base: str) -> str:
    if re.search(r"[^aeiou]y$", base):
        return base[:-1] + "ies"
    return base + ("es" if re.search(r"(s|x|z|ch|sh)$", base) else "s")


def _with_suffix(base: str, suffix: str) -> set[str]:
    if base.endswith("ie") and suffix == "ing":
        return {base[:-2] + "ying"}
    if base.endswith("e") and (suffix == "ed" or not base.endswith("ee")):
        return {base[:-1] + suffix}
    if re.search(r"[^aeiou]y$", base) and suffix == "ed":
        return {base[:-1] + "ied"}
    forms = {base + suffix}
    if re.search(r"[^aeiou][aeiou][bdfglmnprt]$", base):
        forms.add(base + base[-1] + suffix)
    return forms
