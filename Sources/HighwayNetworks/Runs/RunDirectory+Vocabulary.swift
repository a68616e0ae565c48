import TensorFiles

extension RunDirectory {
  /// What a network that reads a text tells apart, by the metadata of the last checkpoint; its tensors are not read.
  package var vocabulary: Vocabulary? {
    guard description.architecture.task.readsText, let epoch = epochs.last,
      let path = checkpointPath(epoch: epoch), let file = try? TensorFileReader.open(path)
    else { return nil }
    return (try? Checkpoint.vocabulary(file, description.architecture)) ?? nil
  }
}
