"""Random tables of scores with their agreement, in exact fractions, by the pairwise definitions
(Krippendorff 2004, chapter 11; Cohen 1960); nothing is shared with the Java that is checked.

    python make_agreement_references.py > ../resources/reference/agreement-random.json
"""

import json
import random
from fractions import Fraction as F


def alpha(units, metric):
    """1 - (disagreement within units) / (disagreement of all pairs of scores); None: undefined."""
    units = [u for u in units if len(u) >= 2]
    scores = [v for u in units for v in u]
    n = len(scores)

    def distance(a, b):
        if a == b:
            return F(0)
        if metric == "nominal":
            return F(1)
        if metric == "interval":
            return (F(a) - F(b)) ** 2
        low, high = min(a, b), max(a, b)
        between = sum(1 for v in scores if low <= v <= high)
        return (between - F(scores.count(low) + scores.count(high), 2)) ** 2

    def disagreement(group):
        return sum(distance(a, b) for i, a in enumerate(group) for j, b in enumerate(group) if i != j)

    chance = disagreement(scores)
    if chance == 0:
        return None
    within = sum(disagreement(u) / F(len(u) - 1) for u in units)
    return float(1 - within / n / (chance / F(n * (n - 1))))


def kappa(pairs):
    n = len(pairs)
    if n == 0:
        return None
    agreed = F(sum(a == b for a, b in pairs), n)
    chance = sum(
        F(sum(a == v for a, _ in pairs) * sum(b == v for _, b in pairs), n * n)
        for v in {v for p in pairs for v in p}
    )
    return None if chance == 1 else float((agreed - chance) / (1 - chance))


def table(rng, raters, units, scale, gaps, faithful):
    truth = [rng.choice(scale) for _ in range(units)]
    return [
        [
            None if rng.random() < gaps else t if rng.random() < faithful else rng.choice(scale)
            for t in truth
        ]
        for _ in range(raters)
    ]


def example(name, ratings):
    units = [[r[u] for r in ratings if r[u] is not None] for u in range(len(ratings[0]))]
    kappas = {}
    for i in range(len(ratings)):
        for j in range(i + 1, len(ratings)):
            both = [(a, b) for a, b in zip(ratings[i], ratings[j]) if a is not None and b is not None]
            kappas[f"{i} {j}"] = kappa(both)
    alphas = {m: alpha(units, m) for m in ("nominal", "ordinal", "interval")}
    return {"name": name, "ratings": ratings, "alpha": alphas, "kappa": kappas}


def main():
    rng = random.Random(20261128)
    scales = [[0, 1], [1, 2, 3], [0, 0.25, 0.5, 0.75, 1], [-2, 0, 7.5, 30]]
    examples = []
    for k in range(24):
        raters = rng.randint(2, 5)
        units = rng.randint(5, 25)
        scale = scales[k % len(scales)]
        gaps = rng.choice([0, 0.2, 0.5])
        faithful = rng.choice([0, 0.5, 0.9])
        examples.append(example(f"random {k}", table(rng, raters, units, scale, gaps, faithful)))
    examples += [
        example("all equal", [[1, 1, 1], [1, 1, 1]]),
        example("one rater is constant", [[1, 1, 1, 1], [1, 0, 1, 0]]),
        example("a single rater", [[1, 2, 3]]),
        example("no overlap", [[1, None, 2, None], [None, 1, None, 2]]),
        example("nothing", [[None, None], [None, None]]),
        example("opposites", [[0, 1, 0, 1], [1, 0, 1, 0]]),
    ]
    lines = ",\n  ".join(json.dumps(e) for e in examples)
    print('{"note": "ratings[rater][unit], null: gap; null figures are undefined", "examples": [')
    print("  " + lines + "\n]}")


if __name__ == "__main__":
    main()
