package import HighwayNetworks

/// What was computed about the model, and what has been asked for.
package struct ResultStore: Sendable {
  /// What statistics belong to, whatever the thresholds.
  struct StatisticsKey: Hashable, Sendable {
    var epoch: EpochID
    var split: SampleSplit
    var clamps: GateClamps
  }

  /// In bytes: those of an epoch take 0.8 MB in 49 layers of 50 units, a sample's 40 kB.
  private var statistics = BoundedCache<StatisticsKey, GateStatistics>(capacity: 32 << 20)
  private var samples = BoundedCache<SampleRequest, SampleRecord>(capacity: 8 << 20)
  private var biases = BoundedCache<EpochID, [[Float]?]>(capacity: 1024)
  /// The statistics that are being computed.
  package private(set) var pendingStatistics: Set<StatisticsRequest> = []
  /// The samples that are being followed.
  package private(set) var pendingSamples: Set<SampleRequest> = []
  private var pendingBiases: Set<EpochID> = []
  private var sweeps = BoundedCache<LesionRequest, LesionSweep>(capacity: 128)
  /// The lesions that are being made, the one at work first.
  package private(set) var pendingLesions: [LesionRequest] = []
  /// The part that is done of the first of them, in [0, 1].
  package private(set) var lesionFraction = 0.0
  private var failedLesions: [LesionRequest: String] = [:]
  private var failedStatistics: [StatisticsRequest: String] = [:]
  private var failedSamples: [SampleRequest: String] = [:]
  private var failedBiases: [EpochID: String] = [:]

  /// What the network gets wrong, a byte for each sample.
  var verdicts = AnswerStore<VerdictsRequest, SampleVerdicts>(capacity: 8)
  /// T of single units by class.
  var unitHistograms = AnswerStore<UnitRequest, UnitHistogram>(capacity: 64)

  /// Creates an empty store.
  package init() {}

  /// The statistics of an epoch, with whatever thresholds they were taken.
  package func statistics(
    _ epoch: EpochID, _ split: SampleSplit, _ clamps: GateClamps = GateClamps()
  ) -> GateStatistics? {
    statistics.peek(StatisticsKey(epoch: epoch, split: split, clamps: clamps))
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

  /// What lesions did.
  package func lesions(_ request: LesionRequest) -> LesionSweep? { sweeps.peek(request) }

  /// Why lesions could not be made.
  package func failure(_ request: LesionRequest) -> String? { failedLesions[request] }

  // MARK: - Asking

  /// Notes which lesions are wanted, the most urgent first; whether this differs from what is being made.
  mutating func wants(_ requests: [LesionRequest]) -> Bool {
    for request in requests { sweeps.touch(request) }
    let missing = requests.filter { sweeps.peek($0) == nil && failedLesions[$0] == nil }
    guard missing != pendingLesions else { return false }
    if missing.first != pendingLesions.first { lesionFraction = 0 }
    pendingLesions = missing
    return true
  }

  /// Whether statistics have to be asked for; notes that they are.
  mutating func wants(_ request: StatisticsRequest) -> Bool {
    let key = StatisticsKey(
      epoch: request.epoch, split: request.split, clamps: request.clamps)
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

  mutating func progress(_ request: LesionRequest, _ fraction: Double) {
    if request == pendingLesions.first, fraction.isFinite {
      lesionFraction = min(max(lesionFraction, fraction), 1)
    }
  }

  mutating func store(_ sweep: LesionSweep, for request: LesionRequest) {
    forgetPending(request)
    sweeps.insert(sweep, for: request)
  }

  mutating func fail(_ request: LesionRequest, _ message: String) {
    forgetPending(request)
    failedLesions[request] = message
  }

  private mutating func forgetPending(_ request: LesionRequest) {
    if request == pendingLesions.first { lesionFraction = 0 }
    pendingLesions.removeAll { $0 == request }
  }

  mutating func store(_ value: GateStatistics, for request: StatisticsRequest) {
    pendingStatistics.remove(request)
    statistics.insert(
      value,
      for: StatisticsKey(epoch: request.epoch, split: request.split, clamps: request.clamps),
      size: value.size)
  }

  mutating func store(_ record: SampleRecord, for request: SampleRequest) {
    pendingSamples.remove(request)
    samples.insert(record, for: request, size: record.size)
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
    failedLesions = [:]
    failedSamples = [:]
    failedBiases = [:]
    pendingStatistics = []
    pendingSamples = []
    pendingBiases = []
    unitHistograms.retry()
    verdicts.retry()
  }
}

extension GateStatistics {
  /// The bytes that the numbers take.
  fileprivate var size: Int {
    layers.reduce(0) { sum, layer in
      let floats = layer.classMeanT.count + 7 * layer.units
      return sum + 4 * (layer.histogram.count + floats) + 32 * layer.cellsByClass.count
    }
  }
}

extension SampleRecord {
  /// The bytes that the numbers take.
  fileprivate var size: Int {
    pixels.count + trace.layers.reduce(0) { $0 + 16 * $1.units }
  }
}
