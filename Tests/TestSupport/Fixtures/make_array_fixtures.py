#!/usr/bin/env python3
"""Writes the fixtures of the tests that read NumPy's and safetensors' arrays, in `arrays` beside this script.

`pip install safetensors numpy`, then `python3 make_array_fixtures.py`.
"""
import json, os
import numpy as np
from safetensors.numpy import save_file

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "arrays")
os.makedirs(HERE, exist_ok=True)


def path(name):
    return os.path.join(HERE, name)


# Three training images and two test images of 2 by 4 pixels.
train = np.arange(24, dtype=np.uint8).reshape(3, 2, 4) * 5
test = np.arange(100, 116, dtype=np.uint8).reshape(2, 2, 4)
train_labels, test_labels = np.array([2, 0, 1]), np.array([1, 1])


def arrays(images=lambda a: a, labels=lambda a: a):
    return {"x_train": images(train), "y_train": labels(train_labels),
            "x_test": images(test), "y_test": labels(test_labels)}


# Every element type, in both byte orders; the images are the same in all of them.
for order in "<>":
    for kind in ("i2", "i4", "i8", "u2", "u4", "u8", "f2", "f4", "f8"):
        dtype = np.dtype(order + kind)
        labels = dtype if kind[0] != "f" else np.dtype(order + "i8")
        name = ("little-" if order == "<" else "big-") + kind
        np.savez(path(name + ".npz"), **arrays(lambda a: a.astype(dtype), lambda a: a.astype(labels)))
for kind in ("u1", "i1"):
    np.savez(path(kind + ".npz"), **arrays(lambda a: a.astype(kind), lambda a: a.astype(kind)))
np.savez(path("unit.npz"), **arrays(lambda a: (a / 255).astype("<f4")))
np.savez(path("unit-double.npz"), **arrays(lambda a: a / 255))

# The ways in which archives and arrays are laid out.
np.savez_compressed(path("deflated.npz"), **arrays())
np.savez(path("fortran.npz"), **arrays(np.asfortranarray))
np.savez(path("column-labels.npz"), **arrays(labels=lambda a: a.reshape(-1, 1)))
np.savez(path("other-arrays.npz"), names=np.array(["a", "b"]), pairs=np.zeros(2, dtype="i4,f8"), **arrays())
np.savez(path("bool.npz"), x_train=train > 50, y_train=train_labels > 0)

# Pixels that tell channel, row and column: 100 c + 10 y + x.
color = np.array([[[[100 * c + 10 * y + x + n for x in range(3)] for y in range(2)] for c in range(3)]
                  for n in range(2)]) % 256
color = color.astype(np.uint8)
labels = np.array([0, 1], dtype=np.uint8)
np.savez(path("channels-first.npz"), x_test=color, y_test=labels)
last = np.ascontiguousarray(color.transpose(0, 2, 3, 1))
np.savez(path("channels-last.npz"), x_test=last[:, :, :, :], y_test=labels)
np.savez(path("channels-last-fortran.npz"), x_test=np.asfortranarray(last), y_test=labels)
flat = np.arange(32, dtype=np.uint8).reshape(2, 16)
np.savez(path("flat.npz"), x_train=flat, y_train=labels)
np.savez(path("flat-fortran.npz"), x_train=np.asfortranarray(flat), y_train=labels)

save_file({"train.images": train, "train.labels": train_labels, "test.images": test,
           "test.labels": test_labels, "notes": np.zeros(3, dtype=np.float32)},
          path("data.safetensors"), {"classes": json.dumps(["a", "b", "c"])})
save_file({"images": (train / 255).astype(np.float32), "labels": train_labels.astype(np.int32)},
          path("unit.safetensors"))
