package import HighwayNetworks

/// What was computed about the model, and what has been asked for.
package struct ResultStore: Sendable {
  /// What statistics belong to, whatever the thresholds.
  struct StatisticsKey: Hashable, Sendable {
    var epoch: EpochID
    var split: SampleSplit
  }

  private var statistics = BoundedCache<StatisticsKey, GateStatistics>(capacity: 128)
  private var samples = BoundedCache<SampleRequest, SampleRecord>(capacity: 512)
  private var biases = BoundedCache<EpochID, [[Float]?]>(capacity: 1024)
  /// The statistics that are being computed.
  package private(set) var pendingStatistics: Set<StatisticsRequest> = []
  /// The samples that are being followed.
  package private(set) var pendingSamples: Set<SampleRequest> = []
  private var pendingBiases: Set<EpochID> = []
  private var failedStatistics: [StatisticsRequest: String] = [:]
  private var failedSamples: [SampleRequest: String] = [:]
  private var failedBiases: [EpochID: String] = [:]

  /// Creates an empty store.
  package init() {}

  /// The statistics of an epoch, with whatever thresholds they were taken.
  package func statistics(_ epoch: EpochID, _ split: SampleSplit) -> GateStatistics? {
    statistics.peek(StatisticsKey(epoch: epoch, split: split))
  }

  /// A sample's way through the network.
  package func sample(_ request: SampleRequest) -> SampleRecord? { samples.peek(request) }

  /// The gate biases of an epoch, where statistics are not to be had.
  package func gateBiases(_ epoch: EpochID) -> [[Float]?]? { biases.peek(epoch) }

  /// Why statistics could not be computed.
  package func failure(_ request: StatisticsRequest) -> String? { failedStatistics[request] }

  /// Why a sample could not be followed.
  package func failure(_ request: SampleRequest) -> String? { failedSamples[request] }

  /// Why gate biases could not be read.
  package func gateBiasFailure(_ epoch: EpochID) -> String? { failedBiases[epoch] }

  // MARK: - Asking

  /// Whether statistics have to be asked for; notes that they are.
  mutating func wants(_ request: StatisticsRequest) -> Bool {
    let key = StatisticsKey(epoch: request.epoch, split: request.split)
    statistics.touch(key)
    guard statistics.peek(key)?.thresholds != request.thresholds,
      failedStatistics[request] == nil
    else { return false }
    return pendingStatistics.insert(request).inserted
  }

  /// Whether a sample has to be asked for; notes that it is.
  mutating func wants(_ request: SampleRequest) -> Bool {
    samples.touch(request)
    guard samples.peek(request) == nil, failedSamples[request] == nil else { return false }
    return pendingSamples.insert(request).inserted
  }

  /// Whether gate biases have to be asked for; notes that they are.
  mutating func wantsGateBiases(_ epoch: EpochID) -> Bool {
    biases.touch(epoch)
    guard biases.peek(epoch) == nil, failedBiases[epoch] == nil else { return false }
    return pendingBiases.insert(epoch).inserted
  }

  // MARK: - Answers

  mutating func store(_ value: GateStatistics, for request: StatisticsRequest) {
    pendingStatistics.remove(request)
    statistics.insert(value, for: StatisticsKey(epoch: request.epoch, split: request.split))
  }

  mutating func store(_ record: SampleRecord, for request: SampleRequest) {
    pendingSamples.remove(request)
    samples.insert(record, for: request)
  }

  mutating func store(gateBiases: [[Float]?], for epoch: EpochID) {
    pendingBiases.remove(epoch)
    biases.insert(gateBiases, for: epoch)
  }

  mutating func fail(_ request: StatisticsRequest, _ message: String) {
    pendingStatistics.remove(request)
    failedStatistics[request] = message
  }

  mutating func fail(_ request: SampleRequest, _ message: String) {
    pendingSamples.remove(request)
    failedSamples[request] = message
  }

  mutating func drop(_ request: StatisticsRequest) { pendingStatistics.remove(request) }

  mutating func drop(_ request: SampleRequest) { pendingSamples.remove(request) }

  mutating func failGateBiases(_ epoch: EpochID, _ message: String) {
    pendingBiases.remove(epoch)
    failedBiases[epoch] = message
  }

  /// Lets everything that failed or was dropped be asked for again.
  mutating func retry() {
    failedStatistics = [:]
    failedSamples = [:]
    failedBiases = [:]
    pendingStatistics = []
    pendingSamples = []
    pendingBiases = []
  }
}
