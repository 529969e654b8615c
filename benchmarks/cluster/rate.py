"""Evaluations per second of the only campaign of a platform while it samples. usage: rate.py API WORKERS SECONDS"""
import json, sys, time, urllib.request

api, workers, seconds = sys.argv[1], sys.argv[2], float(sys.argv[3])


def look():
    with urllib.request.urlopen(f"{api}/standings") as answer: campaign = json.load(answer)[0]
    with urllib.request.urlopen(f"{api}/standings/{campaign['id']}") as answer: return json.load(answer)


def next_round():
    """The campaign just after a round ended: between two such moments lie whole rounds."""
    first = look()["round"]
    while (now := look())["round"] == first: time.sleep(0.1)
    return now, time.time()


while look()["phase"] in ("pending", "pilot"): time.sleep(1)
time.sleep(15)  # JIT compilation and the first loading of the model
before, start = next_round()
time.sleep(seconds)
after, end = next_round()
rate = (after["evaluations"] - before["evaluations"]) / (end - start)
rounds = after["round"] - before["round"]
print(f"{workers} workers: {rate:.1f} evaluations/s, {rounds} rounds, {100 * after['modelShare']:.0f}% of a round inside the model")
