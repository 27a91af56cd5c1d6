"""Checks the bundle in which it lies: `python3 verify.py`. Names the first thing that is spoilt."""

import hashlib
import json
import pathlib
import sys


def first_fault(here: pathlib.Path) -> str:
    files = {one.relative_to(here).as_posix(): one for one in here.rglob("*") if not one.is_dir()}
    rows = {name: one.read_bytes().decode("latin-1").split("\n") for name, one in files.items()}
    sums = {one[66:]: one[:64] for one in rows.get("SHA256SUMS", []) if one[64:66] == "  "}
    for name in sorted(files.keys() - {"SHA256SUMS"} ^ sums.keys()):
        return f"{name!r} is {'not listed in SHA256SUMS' if name in files else 'missing'}"
    for name, digest in sums.items():
        if digest != hashlib.sha256(files[name].read_bytes()).hexdigest():
            return f"{name} has other bytes than SHA256SUMS says"
    last, chain = "0" * 64, {}
    for number, digest in (one.split("\t") for one in rows["chain.tsv"] if one):
        chain[int(number)], last = (last, digest), digest
    for digest, row in (one.split("\t") for one in rows["changes.tsv"] if one):
        before, stated = chain.get(json.loads(row)["change_id"], ("", ""))
        if not hashlib.sha256(f"{before}\n{row}".encode()).hexdigest() == digest == stated:
            return f"changes.tsv: change {json.loads(row)['change_id']} is not in chain.tsv so"
    return "" if json.loads("".join(rows["bundle.json"]))["head"] == last else "bundle.json: head"


if __name__ == "__main__":
    sys.exit(f"SPOILT: {fault}" if (fault := first_fault(pathlib.Path(__file__).parent)) else 0)
