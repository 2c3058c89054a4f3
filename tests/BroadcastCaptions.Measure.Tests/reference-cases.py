#!/usr/bin/env python3
"""reference-cases.py MEASURE_FOLDER SEED COUNT: random texts and caption streams, with what measure/'s own tools make of them.

One JSON object a line, for ReferenceCasesTests. reference-cases.jsonl beside this file is its output for seed 1, 60 of each,
so that the suite can compare where the tools are not."""
import json, random, sys
sys.path.insert(0, sys.argv[1])
from latency import measure, unroll
from text import edits, words

pick = random.Random(int(sys.argv[2]))
VOCABULARY = 'the a old man and sea gold ring wheel rock we will uh um mister one'.split()
PIECES = VOCABULARY + ('''won't can't cannot it's they've he'd i'm mr dr ok gonna alright Don’t 'tis rock'n'roll
    zero one two nine ten eleven nineteen twenty twenty-one thirty ninety nine hundred thousand million and oh first second third ninth twentieth
    1 21st 22nd 3rd 4th 105 1,813 1,81 3.14 1.2.3 50% $5 & AT&T 1813 2000000 007 5 million 12 hundred
    [laughter] (music) <unk> {x} [open hmm mhm, er. naïve Ärger ÉTÉ Straße ½ x² e_mail - -- … . ! ? ' '' \u2018quoted\u2019 日本 五 ٣ 3nd'''.split())


def text():
    return ' '.join(pick.choice(PIECES) for _ in range(pick.randint(0, 14)))


def stream(window):
    """A reference with times, and lines as a captioner might show them: growing, corrected, rolled off, cleared."""
    said, at = [], 0
    for _ in range(pick.randint(0, 12)):
        start = at + pick.randint(0, 8) / 16
        at = start + pick.randint(1, 8) / 16
        said.append((pick.choice(VOCABULARY[:9]), start, at))
    lines, clock = [], 0
    for n in range(pick.randint(0, 16)):
        clock += pick.choice((.016, .0625, .1, .25, .9))
        shown = [w for w, s, e in said if s < clock + pick.choice((0, .3))]
        shown = [w if pick.random() > .15 else pick.choice(VOCABULARY) for w in shown if pick.random() > .08]
        if window: shown = shown[-pick.randint(1, 6):] if pick.random() > .1 else []
        lines.append((round(clock, 4), ' '.join(shown)))
    return said, lines


for _ in range(int(sys.argv[3])):
    t = text()
    print(json.dumps({'text': t, 'english': words(t), 'other': words(t, False)}))
    a, b = words(text()), words(text())
    print(json.dumps({'a': a, 'b': b, 'edits': edits(a, b)}))
    window = pick.random() < .5
    said, lines = stream(window)
    texts = [(t, words(x)) for t, x in lines]
    said = [(x, s, e) for w, s, e in said for x in words(w)]
    print(json.dumps({'reference': said, 'shown': lines, 'window': window, 'figures': measure(said, unroll(texts) if window else texts)}))
