"""Records what the gates of a PyTorch model do, for Tollgate.

Put this file beside your program (tollgate recorder > recorder.py). It needs torch and numpy and nothing else,
runs no code but yours, and changes nothing in the model.

    from recorder import Recorder

    recorder = Recorder(model, "recordings")          # finds highway layers and nn.LSTM by itself
    for epoch in range(epochs):
        train(model)
        model.eval()
        with recorder, torch.no_grad():               # records while it is open, and nothing else
            for x, labels in evaluation:
                recorder.next(labels=labels)          # optional: labels, lengths, inputs of the next batch
                model(x)
        recorder.save(epoch)                          # recordings/recording-0003.safetensors

    tollgate recordings                               # opens it, also while the program goes on

What is found, and what it becomes:
  AllenNLP's Highway    one packed linear map a layer, whose gate carries: T = 1 - gate, H, x, y
  T, gate or transform  a module with a submodule of one of these names that returns a gate, or what a sigmoid
                        makes one: T, x, y; and H, where y = H*T + x*(1 - T) holds in the numbers
  nn.LSTM               i, f, o, g, c, h of every layer and direction, computed again from its weights
modules= chooses: names such as "encoder.highway", or types such as nn.LSTM.

Anything else is a line of your own. A gate is a function of a module, its inputs and its output:

    recorder.watch("block.3", model.blocks[3], T=lambda module, inputs, output: module.last_gate)
    recorder.value("block.3", lambda: model.blocks[3].alpha, name="alpha", range=(-1, 1))

watch takes T=, C= and other names with a function each; roles={"z": "carry"} says what a gate does (transform,
carry, output, depth or state), ranges={"delta": (0, 1)} what values it has if not 0 to 1. value takes parameters
that need no samples: one number, or one for each unit.

Recipes:
  GTrXL gates (GRU)     recorder.watch(name, gate, z=lambda m, i, o: torch.sigmoid(m.Wz(i[1]) + m.Uz(i[0]) - m.bg),
                                       roles={"z": "transform"}): x is i[0], what the sublayer returned i[1]
  ReZero                recorder.value(name, lambda: layer.resweight, name="alpha", range=(-1, 1))
  LayerScale            recorder.value(name, lambda: block.gamma, name="gamma", range=(0, 1))
  mixture of experts    recorder.watch(name, layer.router, share=lambda m, i, o: torch.softmax(o, -1)): the units are
                        experts; their means are the share of tokens that each gets
  Mamba                 recorder.watch(name, block.dt_proj, delta=lambda m, i, o: F.softplus(o),
                                       ranges={"delta": (0, 1)})
  xLSTM                 recorder.watch(name, cell, i=..., f=..., roles={"i": "transform", "f": "carry"}): exponential
                        gates are recorded as what is left after the stabilizer, exp(i - m) and exp(f + m_before - m)

Several machines: every rank makes its own Recorder, runs its part of the evaluation and saves. With
torch.distributed, or RANK and WORLD_SIZE in the environment, the files are named recording-0003.rank-1-of-4...,
and Tollgate joins them once all are there. With torch.distributed every rank has to call save: they agree on the
number of steps, and a rank without samples writes none. Without it, give all the same steps=.

It is safe to stop the program at any time: a file has its name when it is whole. Modules that are called several
times in one forward pass are recorded as steps. Samples of different lengths are padded; lengths= says how many
steps count, and without it the longest of each batch.
"""

import json
import os
import struct
import sys
import tempfile

import numpy

try:
    import torch
    from torch import nn
except ImportError:  # the file format alone needs no torch
    torch = nn = None

VERSION = 1
_ROLES = {"T": "transform", "i": "transform", "C": "carry", "f": "carry", "o": "output", "d": "depth"}
_STATES = {"x", "H", "y", "g", "c", "h"}


def write_safetensors(path, tensors, metadata):
    """Writes arrays and texts as safetensors; the file has its name when it is whole."""
    names = {"float16": "F16", "float32": "F32", "uint8": "U8", "int32": "I32", "int64": "I64"}
    header, offset = {"__metadata__": metadata}, 0
    arrays = sorted(tensors.items(), key=lambda item: (-item[1].dtype.itemsize, item[0]))
    for name, array in arrays:
        header[name] = {
            "dtype": names[array.dtype.name],
            "shape": list(array.shape),
            "data_offsets": [offset, offset + array.nbytes],
        }
        offset += array.nbytes
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    directory = os.path.dirname(os.path.abspath(path))
    descriptor, temporary = tempfile.mkstemp(prefix=".recording-", suffix=".tmp", dir=directory)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(struct.pack("<Q", len(text)) + text)
            for _, array in arrays:
                little = array.astype(array.dtype.newbyteorder("<"), copy=False)
                file.write(numpy.ascontiguousarray(little).tobytes())
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        if os.path.exists(temporary):
            os.unlink(temporary)
        raise
    return offset + len(text) + 8


class _Block:
    """One gated layer: what it is, and what was recorded of it."""

    def __init__(self, name, stack=None):
        self.name, self.stack = name, stack
        self.gating = self.activation = None
        self.roles, self.ranges, self.biases = {}, {}, {}
        self.constants = {}
        self.calls = {}  # of the batch at hand: signal -> one tensor for each call
        self.batches = {}  # signal -> one array [samples, positions..., units] for each batch

    def role(self, signal):
        if signal in self.roles:
            return self.roles[signal]
        return "state" if signal in _STATES else _ROLES.get(signal, "transform")


class Recorder:
    """Records the gates of a model while it is open as a context; see the text at the head of the file."""

    def __init__(self, model, path, modules=None, samples=1000, dtype="float16", states=True,
                 classes=None, vocabulary=None, data=None, name=None, rank=None, ranks=None, steps=None):
        """model: an nn.Module; path: the directory for the files; modules: names or types, all that are known if
        left out; samples: the most that are recorded of an evaluation; dtype: float16 or float32; states: whether
        H, x, y and the like are recorded beside the gates; classes: names of the labels; vocabulary: words or
        characters by their numbers; data, name: what the data and the model are called; steps: how many every file
        has, longer samples cut, where several processes do not know of each other."""
        if type(model).__name__ == "DistributedDataParallel":
            model = model.module  # which runs whether it is called through the wrapper or by itself
        self.model, self.path, self.steps = model, path, steps
        self.limit, self.dtype, self.states = samples, numpy.dtype(dtype), states
        self.classes, self.vocabulary, self.data, self.name = classes, vocabulary, data, name
        self.rank, self.ranks = _ranks(rank, ranks)
        self.blocks, self.handles = {}, []
        self.active, self.size, self.taken, self.following = False, None, 0, {}
        self.extra = {"labels": [], "lengths": [], "inputs": []}
        os.makedirs(path, exist_ok=True)
        if model is not None:
            self.handles.append(model.register_forward_pre_hook(self._begin, with_kwargs=True))
            self._find(modules)
            # Behind the hooks of a model that is itself a gated module.
            self.handles.append(model.register_forward_hook(self._end))

    # What is recorded

    def watch(self, block, module, /, roles=None, ranges=None, gating=None, stack=None, **signals):
        """Records functions of a module, its inputs and its output, each under its name."""
        block = self._block(block, stack)
        block.roles.update(roles or {})
        block.ranges.update(ranges or {})
        block.gating = gating or block.gating

        def hook(module, inputs, output):
            if self._wants():
                self._push(block, {key: make(module, inputs, output) for key, make in signals.items()})

        self.handles.append(module.register_forward_hook(hook, prepend=True))

    def value(self, block, get, /, name="alpha", role="transform", range=(0, 1)):
        """Records a parameter that needs no samples: one number, or one for each unit."""
        block = self._block(block)
        block.roles[name], block.ranges[name] = role, range
        block.constants[name] = get

    def next(self, labels=None, lengths=None, inputs=None, size=None):
        """Says what is known of the samples of the next forward pass."""
        self.following = {"labels": labels, "lengths": lengths, "inputs": inputs}
        known = [value for value in (labels, lengths, inputs) if value is not None]
        self.size = size or (len(known[0]) if known else None)

    def close(self):
        """Takes the hooks away again."""
        for handle in self.handles:
            handle.remove()
        self.handles = []

    # While the model runs

    def __enter__(self):
        self._clear()
        self.active = True
        return self

    def __exit__(self, kind, error, trace):
        self.active = False
        if kind is not None:  # what was interrupted is not the whole evaluation
            self._clear()

    def _clear(self):
        self.taken, self.following, self.size = 0, {}, None
        self.extra = {key: [] for key in self.extra}
        for block in self.blocks.values():
            block.calls, block.batches = {}, {}

    def _wants(self):
        return self.active and self.taken < self.limit

    def _begin(self, module, inputs, kwargs):
        if not self._wants():
            return
        if self.size is None:
            tensors = [value for value in [*inputs, *kwargs.values()] if hasattr(value, "shape")]
            self.size = int(tensors[0].shape[0]) if tensors else 1
        for block in self.blocks.values():
            block.calls = {}

    def _end(self, module, inputs, output):
        if not self._wants() or self.size is None:
            return
        keep = min(self.size, self.limit - self.taken)
        for block in self.blocks.values():
            for signal, calls in block.calls.items():
                rows = [_rows(call, self.size, block.name) for call in calls]
                if len(rows) > 1:  # called again and again: steps
                    rows = [numpy.stack(rows, axis=1)]
                block.batches.setdefault(signal, []).append(rows[0][:keep].astype(self.dtype))
            block.calls = {}
        for key, value in self.following.items():
            if value is not None:
                self.extra[key].append(_array(value)[:keep])
        self.taken += keep
        self.size, self.following = None, {}
        self._tell(f"{self.taken} of at most {self.limit} samples")

    def _push(self, block, values):
        for signal, tensor in values.items():
            if tensor is not None and (self.states or block.role(signal) != "state"):
                block.calls.setdefault(signal, []).append(_array(tensor))

    # Finding gated modules

    def _find(self, modules):
        chosen = list(modules) if modules is not None else None
        names = {word for word in chosen or [] if isinstance(word, str)}
        types = tuple(word for word in chosen or [] if not isinstance(word, str))
        unknown = names - {name for name, _ in self.model.named_modules()}
        if unknown:
            raise ValueError(f"the model has no module {sorted(unknown)[0]!r}")
        for name, module in self.model.named_modules():
            if chosen is not None and name not in names and not isinstance(module, types or ()):
                continue
            if isinstance(module, nn.LSTM):
                self._lstm(name, module)
            elif _packed_layers(module) is not None:
                self._packed(name, module, _packed_layers(module))
            elif _gate_of(module) is not None:
                self._separate(name, module, *_gate_of(module))
            elif chosen is not None:
                raise ValueError(f"{name!r} ({type(module).__name__}): no gates found; use watch")

    def _block(self, name, stack=None):
        return self.blocks.setdefault(name, _Block(name, stack))

    def _packed(self, name, module, layers):
        """AllenNLP: a linear map to 2n; the first half makes H, the second a gate that carries."""
        activation = getattr(module, "_activation", None) or torch.relu
        for index, layer in enumerate(layers):
            block = self._block(f"{name or 'highway'}.{index}", name or "highway")
            block.gating = "coupled"
            block.activation = _activation_name(activation)
            half = layer.out_features // 2
            if layer.bias is not None:
                block.biases["T"] = lambda layer=layer, half=half: -layer.bias[half:]

            def hook(module, inputs, output, block=block):
                if self._wants():
                    state, gate = output.chunk(2, dim=-1)
                    state, gate = activation(state), torch.sigmoid(gate)
                    self._push(block, {
                        "T": 1 - gate, "H": state, "x": inputs[0],
                        "y": gate * inputs[0] + (1 - gate) * state})

            self.handles.append(layer.register_forward_hook(hook))

    def _separate(self, name, module, gate, state):
        """A submodule that returns T; what it multiplies is settled by the numbers."""
        block, kept = self._block(name or "highway", name.rpartition(".")[0]), {}

        def remember(key):
            return lambda module, inputs, output: kept.__setitem__(key, (module, output))

        def hook(module, inputs, output):
            found = kept.pop("T", None)
            made = kept.pop("H", None)
            if found is None or not self._wants() or not hasattr(output, "shape"):
                return
            values = found[1]
            if isinstance(found[0], nn.Linear) or values.min() < 0 or values.max() > 1:
                values = torch.sigmoid(values)
            x = inputs[0] if inputs and inputs[0].shape == values.shape else None
            signals = {"T": values, "y": output if output.shape == values.shape else None, "x": x}
            if made is not None and x is not None and output.shape == values.shape:
                for word, function in _ACTIVATIONS.items():
                    state = function(made[1])
                    for sign, T in ((1, values), (-1, 1 - values)):
                        if torch.allclose(T * state + (1 - T) * x, output, atol=1e-4, rtol=1e-3):
                            block.gating, block.activation = "coupled", word if word != "none" else None
                            signals.update(T=T, H=state)
                            bias = getattr(found[0], "bias", None)
                            if bias is not None:
                                block.biases["T"] = lambda: sign * bias
                            return self._push(block, signals)
            self._push(block, signals)

        self.handles.append(getattr(module, gate).register_forward_hook(remember("T")))
        if state:
            self.handles.append(getattr(module, state).register_forward_hook(remember("H")))
        self.handles.append(module.register_forward_hook(hook))

    def _lstm(self, name, module):
        """The gates of nn.LSTM, computed again from its weights."""
        if getattr(module, "proj_size", 0):
            raise ValueError(f"{name!r}: an LSTM with projections is not known")
        directions = 2 if module.bidirectional else 1
        blocks = {}
        for layer in range(module.num_layers):
            for direction in range(directions):
                suffix = f"_l{layer}" + ("_reverse" if direction else "")
                block = self._block((name or "lstm") + suffix.replace("_", ".", 1))
                blocks[layer, direction] = block
                if module.bias:
                    def bias(part, suffix=suffix):
                        total = getattr(module, "bias_ih" + suffix) + getattr(module, "bias_hh" + suffix)
                        return total.chunk(4)[part]

                    for part, gate in ((0, "i"), (1, "f"), (3, "o")):
                        block.biases[gate] = lambda part=part, bias=bias: bias(part)

        def hook(module, inputs, output):
            if not self._wants():
                return
            x, lengths = inputs[0], None
            if isinstance(x, nn.utils.rnn.PackedSequence):
                x, lengths = nn.utils.rnn.pad_packed_sequence(x, batch_first=True)
                if self.following.get("lengths") is None:
                    self.following["lengths"] = lengths
            elif not module.batch_first:
                x = x.transpose(0, 1)
            for layer in range(module.num_layers):
                outputs = []
                for direction in range(directions):
                    suffix = f"_l{layer}" + ("_reverse" if direction else "")
                    start = None
                    if len(inputs) > 1 and inputs[1] is not None:
                        at = layer * directions + direction
                        start = inputs[1][0][at], inputs[1][1][at]
                    signals = _run_lstm(module, suffix, x, direction, lengths, start)
                    self._push(blocks[layer, direction], signals)
                    outputs.append(signals["h"])
                x = torch.cat(outputs, dim=-1)

        self.handles.append(module.register_forward_hook(hook))

    # Files

    def save(self, epoch, metrics=None):
        """Writes what was recorded as the file of an epoch; metrics such as {"testLoss": 0.3} go with it.

        Returns the file's path; None where other ranks recorded samples and this one none."""
        tensors, blocks = {}, []
        steps, rank, ranks = self._agreed()
        if rank is None:
            self._clear()
            return None
        for number, block in enumerate(self._recorded()):
            described = {"name": block.name, "signals": []}
            arrays = {key: _joined(found, steps) for key, found in block.batches.items()}
            for signal, get in block.constants.items():
                arrays[signal] = _array(get()).astype(numpy.float32).reshape(-1)
            sampled = [array for key, array in arrays.items() if key not in block.constants]
            described["units"] = int((sampled or list(arrays.values()))[0].shape[-1])
            if sampled and sampled[0].ndim > 2:
                described["positions"] = list(sampled[0].shape[1:-1])
            for key in ("gating", "activation", "stack"):
                if getattr(block, key):
                    described[key] = getattr(block, key)
            for signal, array in arrays.items():
                entry = {"name": signal, "role": block.role(signal)}
                if signal in block.ranges:
                    entry["range"] = [float(bound) for bound in block.ranges[signal]]
                described["signals"].append(entry)
                tensors[f"block.{number}.{signal}"] = array
                if signal in block.biases:
                    bias = _array(block.biases[signal]()).astype(numpy.float32).reshape(-1)
                    tensors[f"block.{number}.{signal}.bias"] = bias
            blocks.append(described)
        if not blocks:
            raise ValueError("nothing was recorded: run the model inside `with recorder:` before save")
        self._add_extras(tensors, steps)
        metadata = {"recording": json.dumps({"version": VERSION, "blocks": blocks}), "epoch": str(epoch)}
        for key, words in (("classes", self.classes), ("vocabulary", self.vocabulary)):
            if words is not None:
                metadata[key] = json.dumps([str(word) for word in words])
        for key, text in (("data", self.data), ("model", self.name)):
            if text is not None:
                metadata[key] = str(text)
        if metrics is not None:
            metadata["metrics"] = json.dumps({key: float(value) for key, value in metrics.items()})
        part = f".rank-{rank}-of-{ranks}" if ranks > 1 else ""
        path = os.path.join(self.path, f"recording-{int(epoch):04d}{part}.safetensors")
        size = write_safetensors(path, tensors, metadata)
        self._tell(f"{path}: {self.taken} samples, {len(blocks)} blocks, {size / 1e6:.1f} MB", end="\n")
        self._clear()
        return path

    def _recorded(self):
        return [block for block in self.blocks.values() if block.batches or block.constants]

    def _agreed(self):
        """The number of steps of all ranks, and which of those that recorded samples this one is."""
        mine = self._steps(), any(block.batches for block in self.blocks.values())
        group = torch.distributed if torch is not None and torch.distributed.is_available() else None
        if self.ranks < 2 or not (group and group.is_initialized()) or group.get_world_size() != self.ranks:
            return mine[0], self.rank, self.ranks
        found = [None] * self.ranks
        group.all_gather_object(found, mine)
        steps = max([steps for steps, _ in found if steps is not None], default=None)
        present = [rank for rank, (_, recorded) in enumerate(found) if recorded]
        if not present:
            return steps, self.rank, self.ranks
        return steps, present.index(self.rank) if self.rank in present else None, len(present)

    def _steps(self):
        """The longest first axis of positions, where samples have steps."""
        shapes = [array.shape for block in self.blocks.values() for found in block.batches.values()
                  for array in found]
        longest = max([shape[1] for shape in shapes if len(shape) == 3], default=None)
        return longest if longest is None or self.steps is None else self.steps

    def _add_extras(self, tensors, steps):
        kinds = {"labels": numpy.int64, "lengths": numpy.int64}
        if not any(block.batches for block in self.blocks.values()):
            return  # parameters alone belong to no sample
        for key, found in self.extra.items():
            if found and sum(len(array) for array in found) == self.taken:
                found = [array.astype(kinds.get(key, array.dtype)) for array in found]
                array = _joined(found, None) if key != "inputs" else _joined_inputs(found)
                if array is not None:
                    tensors[key] = array
        if "lengths" not in tensors and steps is not None:
            # Batches of different lengths were padded here.
            first = next((found for block in self.blocks.values() for found in block.batches.values()
                          if found[0].ndim == 3), [])
            own = [min(array.shape[1], steps) for array in first for _ in range(len(array))]
            if own and min(own) < steps:
                tensors["lengths"] = numpy.array(own, dtype=numpy.int64)
        elif "lengths" in tensors:
            tensors["lengths"] = numpy.clip(tensors["lengths"], 0, steps or 1)

    def _tell(self, words, end=""):
        if sys.stderr.isatty():
            print(f"\r\033[Krecorder: {words}", end=end, file=sys.stderr, flush=True)


def _ranks(rank, ranks):
    """Which of how many processes this is."""
    if ranks is not None:
        return rank or 0, ranks
    if torch is not None and torch.distributed.is_available() and torch.distributed.is_initialized():
        return torch.distributed.get_rank(), torch.distributed.get_world_size()
    return int(os.environ.get("RANK", 0)), int(os.environ.get("WORLD_SIZE", 1))


def _array(value):
    """A tensor, or anything like one, as an array."""
    if torch is not None and isinstance(value, torch.Tensor):
        value = value.detach().to("cpu")
        return value.float().numpy() if value.is_floating_point() else value.numpy()
    return numpy.asarray(value)


def _rows(array, size, name):
    """An array as [samples, positions..., units]: maps channels last, steps behind the samples."""
    if array.ndim == 4 and array.shape[0] == size:
        return array.transpose(0, 2, 3, 1)
    if array.ndim >= 2 and array.shape[0] == size:
        return array
    if array.ndim == 3 and array.shape[1] == size:
        return array.swapaxes(0, 1)
    if array.ndim >= 2 and array.shape[0] % size == 0:
        return array.reshape(size, -1, array.shape[-1])
    raise ValueError(f"{name}: shape {array.shape} has no place for {size} samples; see next(size=)")


def _joined(arrays, steps):
    """The arrays of all batches as one, shorter ones padded with zeros, longer ones cut."""
    if steps is not None and arrays[0].ndim == 3:
        arrays = [array[:, :steps] for array in arrays]
        arrays = [numpy.pad(array, ((0, 0), (0, steps - array.shape[1]), (0, 0))) for array in arrays]
    return numpy.concatenate(arrays)


def _joined_inputs(arrays):
    """Inputs of one shape; sequences of different lengths are padded."""
    if arrays[0].ndim == 2:
        width = max(array.shape[1] for array in arrays)
        arrays = [numpy.pad(array, ((0, 0), (0, width - array.shape[1]))) for array in arrays]
    if len({array.shape[1:] for array in arrays}) > 1:
        return None
    array = numpy.concatenate(arrays)
    known = ("float16", "float32", "uint8", "int32", "int64")
    return array if array.dtype.name in known else array.astype(numpy.float32)


def _run_lstm(module, suffix, x, reverse, lengths, start):
    """The gates and states of one layer and direction; x is [samples, steps, features]."""
    weight, recurrent = getattr(module, "weight_ih" + suffix), getattr(module, "weight_hh" + suffix)
    bias = getattr(module, "bias_ih" + suffix) + getattr(module, "bias_hh" + suffix) if module.bias else 0
    size, steps, hidden = x.shape[0], x.shape[1], module.hidden_size
    h, c = start if start is not None else (x.new_zeros(size, hidden), x.new_zeros(size, hidden))
    found = {key: x.new_zeros(size, steps, hidden) for key in "ifogch"}
    for step in (reversed(range(steps)) if reverse else range(steps)):
        i, f, g, o = (x[:, step] @ weight.T + h @ recurrent.T + bias).chunk(4, dim=-1)
        i, f, g, o = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)
        cell = f * c + i * g
        state = o * torch.tanh(cell)
        if lengths is not None:  # behind its end a sample keeps what it had
            inside = (step < lengths).to(x).unsqueeze(-1)
            cell, state = inside * cell + (1 - inside) * c, inside * state + (1 - inside) * h
        h, c = state, cell
        for key, value in zip("ifogch", (i, f, o, g, c, h)):
            found[key][:, step] = value
    return found


_ACTIVATIONS = {
    "relu": lambda v: torch.relu(v), "tanh": lambda v: torch.tanh(v),
    "sigmoid": lambda v: torch.sigmoid(v), "linear": lambda v: v,
}


def _activation_name(function):
    """The name of an activation, by what it makes of some numbers."""
    points = torch.tensor([-2.0, -0.5, 0.0, 0.5, 2.0])
    return next((word for word, known in _ACTIVATIONS.items()
                 if torch.allclose(function(points), known(points))), None)


def _packed_layers(module):
    """The layers of a module like AllenNLP's Highway, or None."""
    for name in ("_layers", "layers"):
        layers = getattr(module, name, None)
        if isinstance(layers, nn.ModuleList) and len(layers) and all(
                isinstance(layer, nn.Linear) and layer.out_features == 2 * layer.in_features
                for layer in layers):
            return layers
    return None


def _gate_of(module):
    """The names of the submodules that make T and H, or None."""
    children = dict(module.named_children())
    for gate, states in (("T", ("H",)), ("gate", ("H", "transform", "linear", "nonlinear", "plain")),
                         ("transform_gate", ("H", "transform", "linear")), ("W2", ("W1",)),
                         ("transform", ("H", "plain", "linear"))):
        if gate in children and not isinstance(children[gate], (nn.ModuleList, nn.ModuleDict)):
            return gate, next((state for state in states if state in children), None)
    return None


def _example(path):
    """Writes two epochs of made-up gates: what the format looks like, without torch."""
    recorder = Recorder(None, path, classes=["low", "high"], data="made up", rank=0, ranks=1)
    random = numpy.random.default_rng(1)
    for epoch in range(2):
        for number in range(3):
            block = recorder._block(f"highway.{number}", "highway")
            block.gating = "coupled"
            labels = numpy.arange(20) % 2
            gates = 1 / (1 + numpy.exp(-(random.normal(size=(20, 8)) + labels[:, None] - 2 + epoch)))
            block.batches = {"T": [gates.astype(numpy.float16)]}
        recorder.taken, recorder.extra["labels"] = 20, [labels]
        recorder.save(epoch, {"testLoss": 0.7 - 0.2 * epoch, "testAccuracy": 0.5 + 0.2 * epoch})


if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[1] == "--example":
        _example(sys.argv[2])
    else:
        print(__doc__)
        print("python recorder.py --example DIRECTORY writes a small recording of made-up gates.")
