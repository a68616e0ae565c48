package import TensorFiles

extension TensorFile {
  /// Reads every tensor of a layout into one flat array; `[layout.count]`.
  ///
  /// Nothing is allocated before all of them are known to be in the file, with the shapes that the
  /// layout gives them. The prefix stands before each of the layout's names.
  ///
  /// - Throws: ``CheckpointError`` naming all tensors that are missing, or the first of a wrong shape or
  ///   type.
  package func parameters(
    _ layout: ParameterLayout, prefix: String = ""
  ) throws(CheckpointError) -> [Float] {
    let missing = layout.tensors.map { prefix + $0.name }.filter { shared($0) == nil }
    guard missing.isEmpty else { throw .missingTensors(path: path, names: missing) }
    var sources: [StoredTensor] = []
    for tensor in layout.tensors {
      guard let source = shared(prefix + tensor.name) else { continue }
      guard source.shape == tensor.shape else {
        throw .wrongShape(
          path: path, tensor: source.name, expected: tensor.shape, found: source.shape)
      }
      guard source.type.isReal else {
        throw .wrongType(
          path: path, tensor: source.name, expected: "F32, F16, BF16 or F64",
          found: source.type.name)
      }
      sources.append(source)
    }
    var parameters: [Float] = []
    parameters.reserveCapacity(layout.count)
    for source in sources {
      do { parameters += try values(of: source) } catch { throw CheckpointError(error) }
    }
    return layout.reordered(parameters, toFile: false)
  }
}

extension ParameterLayout {
  /// The tensors of a flat array as they are stored.
  ///
  /// - Precondition: `values.count` is the layout's count.
  package func contents(_ values: [Float], prefix: String = "") -> [SafetensorsContents.Tensor] {
    precondition(values.count == count, "one value for each parameter")
    let values = reordered(values, toFile: true)
    return tensors.map { tensor in
      SafetensorsContents.Tensor(
        prefix + tensor.name, .f32, tensor.shape, LittleEndian.bytes(values[tensor.range]))
    }
  }
}
