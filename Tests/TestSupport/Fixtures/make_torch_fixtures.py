#!/usr/bin/env python3
"""Writes the PyTorch files in torch/ that TorchTests reads; needs PyTorch (made with 2.15)."""
import collections
import pathlib

import torch

place = pathlib.Path(__file__).parent / "torch"
place.mkdir(exist_ok=True)
values = torch.arange(6, dtype=torch.float32).reshape(2, 3) / 4 - 0.5
whole = torch.arange(6).reshape(2, 3)

tensors = collections.OrderedDict(
    float=values, half=values.half(), bfloat=values.bfloat16(), double=values.double(),
    long=whole, int=whole.int(), short=whole.short(), byte=whole.byte(),
    flags=torch.tensor([True, False, True]), scalar=torch.tensor(2.5), empty=torch.zeros(0, 3),
    parameter=torch.nn.Parameter(values.clone()), transposed=values.t(), column=values[:, 1],
    row=values[1], expanded=torch.ones(1).expand(4))
torch.save(tensors, place / "zip.pt")
torch.save(tensors, place / "legacy.pth", _use_new_zipfile_serialization=False)

torch.manual_seed(1)
linear = torch.nn.Linear(2, 3)
torch.save({
    "epoch": 7, "note": "trained at night",
    "state_dict": collections.OrderedDict(
        ("module." + name, tensor) for name, tensor in linear.state_dict().items()),
    "optimizer": {"state": {0: {"exp_avg": torch.zeros(3, 2)}}},
    "list": [torch.ones(1), torch.ones(2)],
}, place / "nested.pt")
torch.save(linear, place / "module.pt")
torch.jit.script(linear).save(str(place / "script.pt"))
