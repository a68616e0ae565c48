#!/usr/bin/env python3
"""Writes networks/: small networks as PyTorch programs save them, and what PyTorch computes from them.

Run in this directory; needs torch and safetensors. Files made anew differ in nothing but what versions round.
"""
import os

import torch
from safetensors.torch import save_file
from torch import nn

torch.manual_seed(7)
os.makedirs("networks", exist_ok=True)


class Block(nn.Module):
    """A block of two convolutions, or a bottleneck of three, whose second has the stride."""

    def __init__(self, inputs, maps, stride, shortcut, bottleneck=None):
        super().__init__()
        shapes = [(maps, 3, stride), (maps, 3, 1)]
        if bottleneck:
            shapes = [(bottleneck, 1, 1), (bottleneck, 3, stride), (maps, 1, 1)]
        self.count, width = len(shapes), inputs
        for number, (out, kernel, own) in enumerate(shapes, 1):
            setattr(self, f"conv{number}", nn.Conv2d(width, out, kernel, own, kernel // 2, bias=False))
            setattr(self, f"bn{number}", nn.BatchNorm2d(out))
            width = out
        if shortcut == "downsample":
            self.downsample = nn.Sequential(nn.Conv2d(inputs, maps, 1, stride, bias=False), nn.BatchNorm2d(maps))
        self.shortcut_kind, self.stride, self.padding = shortcut, stride, (maps - inputs) // 2

    def forward(self, x):
        y = x
        for number in range(1, self.count + 1):
            y = getattr(self, f"bn{number}")(getattr(self, f"conv{number}")(y))
            y = torch.relu(y) if number < self.count else y
        if self.shortcut_kind == "downsample":
            x = self.downsample(x)
        elif self.shortcut_kind == "pad":
            x = nn.functional.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, self.padding, self.padding))
        return torch.relu(x + y)


class Small(nn.Module):
    """A residual network for small images, as pytorch_resnet_cifar10 names it."""

    def __init__(self):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(3, 4, 3, 1, 1, bias=False), nn.BatchNorm2d(4)
        self.layer1 = nn.Sequential(Block(4, 4, 1, None), Block(4, 4, 1, None))
        self.layer2 = nn.Sequential(Block(4, 8, 2, "pad"), Block(8, 8, 1, None))
        self.linear = nn.Linear(8, 3)

    def forward(self, x):
        x = self.layer2(self.layer1(torch.relu(self.bn1(self.conv1(x)))))
        return self.linear(x.mean((2, 3)))


class Large(nn.Module):
    """A residual network for large images with bottlenecks, as torchvision names it."""

    def __init__(self):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(1, 4, 7, 2, 3, bias=False), nn.BatchNorm2d(4)
        self.layer1 = nn.Sequential(Block(4, 8, 1, "downsample", 2))
        self.layer2 = nn.Sequential(Block(8, 8, 2, "downsample", 4), Block(8, 8, 1, None, 2))
        self.fc = nn.Linear(8, 3)

    def forward(self, x):
        x = nn.functional.max_pool2d(torch.relu(self.bn1(self.conv1(x))), 3, 2, 1)
        return self.fc(self.layer2(self.layer1(x)).mean((2, 3)))


def pixels(count, channels, extent):
    """Pixels that a formula gives, so that tests need no file of them."""
    index = torch.arange(count * channels * extent * extent)
    return (((index * 7919 + index // 13 * 31) % 256).float() / 255).view(count, channels, extent, extent)


def settle(network):
    """Norms that are far from what they start with."""
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            nn.init.uniform_(module.weight, 0.5, 1.5)
            nn.init.uniform_(module.bias, -0.5, 0.5)
            nn.init.uniform_(module.running_mean, -0.5, 0.5)
            nn.init.uniform_(module.running_var, 0.5, 1.5)
    return network.eval()


def gates(lstm, x):
    """i, f, g, o and h of each layer of an LSTM from its weights, step after step."""
    found = {}
    for layer in range(lstm.num_layers):
        names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh", "weight_hr")
        w = [getattr(lstm, f"{name}_l{layer}") for name in names]
        h, c = torch.zeros(len(x), lstm.proj_size), torch.zeros(len(x), lstm.hidden_size)
        steps = []
        for step in range(x.shape[1]):
            i, f, g, o = (x[:, step] @ w[0].T + h @ w[1].T + w[2] + w[3]).chunk(4, 1)
            i, f, g, o = i.sigmoid(), f.sigmoid(), g.tanh(), o.sigmoid()
            c = f * c + i * g
            h = (o * c.tanh()) @ w[4].T
            steps.append((i, f, g, o, h))
        for name, values in zip("ifgoh", zip(*steps)):
            found[f"{layer}.{name}"] = torch.stack(values, 1)
        x = found[f"{layer}.h"]
    return found


with torch.no_grad():
    expected = {}
    small, large = settle(Small()), settle(Large())
    torch.save(
        {"state_dict": {"module." + k: v for k, v in small.state_dict().items()}, "best_prec1": 93.6},
        "networks/resnet-small.th")
    save_file({k: v for k, v in large.state_dict().items()}, "networks/resnet-large.safetensors")
    expected["small"] = small(pixels(2, 3, 32)).softmax(1)
    expected["small, 20×20"] = small(pixels(1, 3, 20)).softmax(1)
    expected["large"] = large(pixels(1, 1, 224)).softmax(1)
    lstm = nn.LSTM(3, 5, num_layers=2, proj_size=2, batch_first=True)
    torch.save({"model": {"encoder." + k: v for k, v in lstm.state_dict().items()}}, "networks/lstm.pt")
    x = torch.randn(2, 4, 3)
    found = gates(lstm, x)
    assert torch.allclose(found["1.h"], lstm(x)[0], atol=1e-6)
    expected |= {"x": x, **found}
    save_file({k: v.contiguous() for k, v in expected.items()}, "networks/expected.safetensors")
