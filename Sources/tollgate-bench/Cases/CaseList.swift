import HighwayNetworks

/// All cases, in the order in which they are run.
struct CaseList {
  private let entries: [(name: String, make: () throws -> any BenchmarkCase)]

  init(data: BenchmarkData, threads: Int) {
    let inputs = data.images.shape.count
    let all = data.fullCount
    func training(
      _ name: String, _ network: @escaping @autoclosure () -> BenchmarkNetwork, batch: Int = 100,
      samples: Int? = nil
    ) -> (name: String, make: () throws -> any BenchmarkCase) {
      (
        name,
        {
          TrainingCase(
            name: name, network: network(), data: data, batch: batch,
            samples: min(samples ?? all, all), threads: threads)
        }
      )
    }
    func highway(width: Int = 50, depth: Int = 50) -> BenchmarkNetwork {
      .highway(width: width, depth: depth, inputs: inputs)
    }
    entries = [
      training("epoch", highway()),
      ("statistics", { StatisticsCase(network: highway(), data: data, threads: threads) }),
      ("forward", { EvaluationCase(network: highway(), data: data, threads: threads) }),
      (
        "lesion",
        {
          LesionCase(
            network: highway(), data: data, samples: min(all, 12_000), threads: threads)
        }
      ),
      ("trace", { TraceCase(network: highway(), data: data) }),
      ("checkpoint", { try CheckpointCase(highway()) }),
      training("plain-71", .plain(width: 71, depth: 50, inputs: inputs)),
      training("width-256", highway(width: 256, depth: 10)),
      training("batch-1", highway(), batch: 1, samples: 1_000),
      training("batch-32", highway(), batch: 32, samples: 19_200),
      training("batch-256", highway(), batch: 256),
      training("depth-10", highway(depth: 10)),
      training("depth-100", highway(depth: 100), samples: 30_000),
      training("depth-1000", highway(depth: 1_000), samples: 2_000),
    ]
  }

  /// The names of all cases.
  var names: [String] { entries.map(\.name) }

  /// The case of a name, made when it is asked for.
  func make(_ name: String) throws -> (any BenchmarkCase)? {
    try entries.first { $0.name == name }?.make()
  }
}
