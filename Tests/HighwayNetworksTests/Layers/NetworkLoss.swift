@testable import HighwayNetworks

/// The summed loss of a network over a few examples as a function of its parameters, and its gradient.
struct NetworkLoss {
  private let stack: LayerStack
  private let parameters: FloatBuffer
  private let workspace: Workspace
  private let memories: [LayerMemory]
  private let input: [Float]

  init(_ architecture: Architecture, input: [Float], labels: [Int32]) {
    stack = LayerStack(architecture)
    parameters = FloatBuffer(count: stack.parameterCount)
    let examples = labels.count / stack.objective.targets
    workspace = Workspace(stack, capacity: examples, for: .training)
    workspace.begin(examples: examples, labels: labels[...])
    memories = stack.memories(parameters.all, in: workspace)
    self.input = input
  }

  func callAsFunction(_ values: [Float]) -> Double {
    parameters.all.assign(values)
    workspace.input.assign(input)
    stack.forward(memories)
    _ = stack.objective.measure(workspace)
    return workspace.losses.array.reduce(0) { $0 + Double($1) }
  }

  func gradient(at values: [Float]) -> [Float] {
    _ = self(values)
    let gradient = FloatBuffer(count: values.count)
    gradient.all.fill(.nan)
    stack.backward(memories, in: workspace, scale: 1, parameterGradient: gradient.all)
    return gradient.all.array
  }
}
