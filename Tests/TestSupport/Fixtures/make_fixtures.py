#!/usr/bin/env python3
"""Writes the fixtures of the checkpoint and data tests beside this script.

They come from programs other than the one under test: the reference implementation of safetensors,
Python's gzip.  `pip install safetensors numpy`, then `python3 make_fixtures.py`.
"""
import gzip, json, os, struct
import numpy as np
from safetensors import TensorSpec, serialize
from safetensors.numpy import save_file

HERE = os.path.dirname(os.path.abspath(__file__))


def path(*names):
    os.makedirs(os.path.join(HERE, *names[:-1]), exist_ok=True)
    return os.path.join(HERE, *names)


def values(count, start):
    """Multiples of 1/8 from -2 to 2, which every type holds exactly."""
    return np.array([((start + k) * 7 % 33 - 16) / 8 for k in range(count)])


# A checkpoint with one tensor of each type that parameters may have.
architecture = {"input": [3], "classes": 2, "layers": [
    {"kind": "dense", "units": 4, "activation": "tanh"},
    {"kind": "highway", "units": 4, "activation": "relu", "gating": "full", "gateBias": -1.5},
    {"kind": "highway", "units": 4, "activation": "relu", "gating": "frozen", "p": 0.5, "count": 2}]}
shapes = [("layers.0.weight", [4, 3]), ("layers.0.bias", [4])]
for part in ("transform", "gate", "carry"):
    shapes.append((f"layers.1.{part}.weight", [4, 4]))
for part in ("transform", "gate", "carry"):
    shapes.append((f"layers.1.{part}.bias", [4]))
for i in (2, 3):
    shapes += [(f"layers.{i}.transform.weight", [4, 4]), (f"layers.{i}.transform.bias", [4])]
shapes += [("output.weight", [2, 4]), ("output.bias", [2])]
kinds = ["float32", "float16", "bfloat16", "float64"]
tensors, offset = {}, 0
for index, (name, shape) in enumerate(shapes):
    count = int(np.prod(shape))
    array, kind = values(count, offset), kinds[index % 4]
    offset += count
    if kind == "bfloat16":
        data = (array.astype("<f4").view("<u4") >> 16).astype("<u2")
    else:
        data = array.astype("<" + {"float32": "f4", "float16": "f2", "float64": "f8"}[kind])
    tensors[name] = (kind, shape, data)
tensors["notes"] = ("uint8", [3], np.frombuffer(b"abc", dtype=np.uint8))
metadata = {"architecture": json.dumps(architecture), "classes": json.dumps(["caf\u00e9", "a\tb"]),
            "normalization": json.dumps({"mean": 0.25, "std": [0.5]}), "epoch": "7",
            "author": "someone else", "run": "{}"}
with open(path("python.safetensors"), "wb") as file:
    file.write(serialize(
        {name: TensorSpec(dtype=kind, shape=shape, data_ptr=data.ctypes.data, data_len=data.nbytes)
         for name, (kind, shape, data) in tensors.items()}, metadata))

# What the reference writer makes of the same contents as the writer under test.
save_file({"b": np.arange(3, dtype=np.float32), "a": np.arange(4, dtype=np.float32).reshape(2, 2),
           "random": np.arange(4, dtype=np.uint64), "c": np.zeros((0, 5), dtype=np.uint8),
           "scalar": np.array(2.5, dtype=np.float64)},
          path("writer.safetensors"), {"key": "va\"l\\u\u00e9\n"})

# A data set of seven training images and two test images of 3 by 2 pixels.
def idx(magic, extents, data):
    return struct.pack(">" + "I" * (1 + len(extents)), magic, *extents) + bytes(data)


def packed(data):
    return gzip.compress(data, 9, mtime=0)


train_labels, test_labels = [0, 1, 2, 3, 9, 5, 6], [7, 8]
train = idx(0x803, [7, 3, 2], range(42))
for name, data in {"train-images-idx3-ubyte.gz": packed(train),
                   "train-labels-idx1-ubyte.gz": packed(idx(0x801, [7], train_labels)),
                   "t10k-images-idx3-ubyte.gz": packed(idx(0x803, [2, 3, 2], range(100, 112))),
                   "t10k-labels-idx1-ubyte.gz": packed(idx(0x801, [2], test_labels))}.items():
    with open(path("fashion-mnist", name), "wb") as file:
        file.write(data)

# The same images in two gzip members, and a file that unpacks to far more than its header claims.
with open(path("members.gz"), "wb") as file:
    file.write(packed(train[:20]) + packed(train[20:]))
with open(path("bomb.gz"), "wb") as file:
    file.write(packed(idx(0x803, [1, 3, 2], bytes(20_000_000))))
# The largest claim that is read at all, in a file of a few bytes.
with open(path("claim.gz"), "wb") as file:
    file.write(packed(idx(0x803, [256, 4096, 4096], bytes(10))))
