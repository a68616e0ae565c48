#!/usr/bin/env python3
"""Writes the HDF5 files in hdf5/ that HDF5Tests reads; needs h5py (made with 3.16), numpy and PyTorch."""
import io
import pathlib
import zipfile

import h5py
import numpy as np
import torch

place = pathlib.Path(__file__).parent / "hdf5"
place.mkdir(exist_ok=True)
values = np.arange(6, dtype="f4").reshape(2, 3) / 4 - 0.5
whole = np.arange(6).reshape(2, 3) - 2


def create(name):
    return h5py.File(place / name, "w", libver=("v110", "v110"))


with create("types.h5") as file:
    for order, prefix in [("<", "little"), (">", "big")]:
        group = file.create_group(prefix)
        for kind in ["f2", "f4", "f8"]:
            group[kind] = values.astype(order + kind)
        for kind in ["i1", "i2", "i4", "i8"]:
            group[kind] = whole.astype(order + kind)
        for kind in ["u1", "u2", "u4", "u8"]:
            group[kind] = (whole + 2).astype(order + kind)
    file["flags"] = np.array([True, False])
    file["text"] = "abc"
    file["scalar"] = np.float32(2.5)
    file["empty"] = np.zeros((0, 3), "f4")
    file.create_dataset(
        "packed", data=np.tile(values, (50, 1)), chunks=(40, 2), compression="gzip", shuffle=True, fletcher32=True)
    file.create_dataset("chunked", data=values, chunks=(1, 2))

# Vectors and their labels, whole numbers in one file and texts of any length in the other.
for name, labels in [("vectors.h5", np.array([1, 0])), ("texts.h5", ["noun", "verb"])]:
    with create(name) as file:
        file["vectors"] = values
        file["labels"] = labels
with create("filtered-labels.h5") as file:
    file["vectors"] = values
    file.create_dataset("labels", data=np.array([1, 0]), chunks=(1,), compression="lzf")

# As Keras 1 and 2 write weights, the layers in an order that the alphabet does not give.
with h5py.File(place / "keras.h5", "w", libver=("v110", "v110")) as file:
    layers = ["second", "first"]
    file.attrs["layer_names"] = [name.encode() for name in layers]
    file.attrs["keras_version"] = b"2.2.4"
    file.attrs["backend"] = "tensorflow"
    for index, name in enumerate(layers):
        group = file.create_group(name)
        group.attrs["weight_names"] = [f"{name}/kernel:0".encode(), f"{name}/bias:0".encode()]
        group[f"{name}/kernel:0"] = values + index
        group[f"{name}/bias:0"] = np.full(3, index, "f4")

# Everything that is not read: each is left out by name.
with create("refused.h5") as file:
    file["right"] = values
    file["outside"] = h5py.ExternalLink("types.h5", "/scalar")
    file["soft"] = h5py.SoftLink("/right")
    file["loop"] = h5py.SoftLink("/loop")
    file.create_dataset("passwords", (8,), "u1", external=[("/etc/passwd", 0, 8)])
    layout = h5py.VirtualLayout((6,), "f4")
    layout[:] = h5py.VirtualSource("types.h5", "little/f4", (6,))
    file.create_virtual_dataset("virtual", layout)
    file.create_dataset("filtered", data=values, chunks=(1, 2), compression="lzf")
    file.create_dataset("unwritten", (3,), "f4")

with create("cycle.h5") as file:
    group = file.create_group("a")
    group["b"] = file["/"]

memory = io.BytesIO()
with h5py.File(memory, "w", libver=("v110", "v110")) as file:
    file["layers/dense/vars/0"] = values
    file["layers/dense/vars/1"] = np.arange(3, dtype="f4")
for name, method in [("stored.keras", zipfile.ZIP_STORED), ("deflated.keras", zipfile.ZIP_DEFLATED)]:
    with zipfile.ZipFile(place / name, "w", method) as archive:
        for member, data in [
            ("metadata.json", b'{"keras_version": "3.0.0"}'), ("config.json", b'{"class_name": "Sequential"}'),
            ("model.weights.h5", memory.getvalue())]:
            archive.writestr(zipfile.ZipInfo(member), data, compress_type=method)

# The older layout of h5py's default, one data set.
with h5py.File(place / "old.h5", "w") as file:
    file["values"] = values

# One stack in the layouts of bilm and of AllenNLP, and in Keras 1's.
random = np.random.default_rng(7)
width = 3
layers = [
    {name: random.normal(size=shape).astype("f4") for name, shape in [
        ("H", (width, width)), ("b", (width,)), ("T", (width, width)), ("g", (width,))]} for _ in range(2)]
for layer in layers:
    layer["g"] -= 2
with create("elmo.hdf5") as file:
    for index, layer in enumerate(layers):
        group = file.create_group(f"CNN_high_{index}")
        group["W_transform"], group["b_transform"] = layer["H"].T.copy(), layer["b"]
        group["W_carry"], group["b_carry"] = layer["T"].T.copy(), layer["g"]
torch.save(
    {f"_highways._layers.{index}.{name}": torch.tensor(np.concatenate([layer[state], -layer[gate]]))
     for index, layer in enumerate(layers) for name, state, gate in [("weight", "H", "T"), ("bias", "b", "g")]},
    place / "elmo.th")
with create("highway.h5") as file:
    names = [f"highway_{index + 1}" for index in range(2)]
    file.attrs["layer_names"] = [name.encode() for name in names]
    for name, layer in zip(names, layers):
        group = file.create_group(f"{name}/{name}")
        for member, value in [
            ("W", layer["H"].T.copy()), ("W_carry", layer["T"].T.copy()), ("b", layer["b"]), ("b_carry", layer["g"])]:
            group[f"{name}_{member}:0"] = value
