import ArgumentParser
import HighwayNetworks
import TensorFiles

/// Which data set, and how it is read where its files do not say.
struct DataOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The data set; the one the run names if left out.", valueName: "path"),
    transform: typedPath)
  var data: String?

  @OptionGroup var dataChoice: DataChoiceOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "What is done to pixels / 255 where the model does not say it: none, or MEAN,STD.",
      valueName: "normalization"))
  var normalization: String?

  func validate() throws {
    guard data != nil || (dataChoice.choice == DataChoice() && normalization == nil) else {
      throw ValidationError("--transpose, --label-column and --normalization need --data")
    }
    guard normalization == nil || chosenNormalization != nil else {
      throw ValidationError(
        "--normalization: expected none, or MEAN,STD with a positive STD whose reciprocal is finite, found "
          + (normalization ?? "").excerpt)
    }
  }

  /// The place that was named.
  var place: DataPlace? {
    guard let data else { return nil }
    var choice = dataChoice.choice
    choice.normalization = chosenNormalization
    return DataPlace(data, choice: choice)
  }

  private var chosenNormalization: Normalization? {
    normalization == "none"
      ? Normalization() : normalization.flatMap { Normalization(argument: $0) }
  }
}

/// How a data set is read where its files do not say.
struct DataChoiceOptions: ParsableArguments {
  @Flag(help: "Exchange rows and columns of the data set's pictures, as EMNIST needs.")
  var transpose = false

  @Option(
    help: ArgumentHelp(
      "The column of a CSV file with the labels: its name, its number from 1, last or none.",
      valueName: "column"))
  var labelColumn: String?

  /// What was chosen.
  var choice: DataChoice {
    DataChoice(transposes: transpose, labelColumn: labelColumn.map { LabelColumn($0) })
  }
}

extension Normalization {
  /// Reads `MEAN,STD`; nil where it is not that.
  init?(argument: String) {
    let numbers = argument.split(separator: ",", omittingEmptySubsequences: false).map { Float($0) }
    guard numbers.count == 2, let mean = numbers[0], let std = numbers[1],
      mean.isFinite, std.isFinite, Normalization.isDeviation(std)
    else { return nil }
    self.init(mean: [mean], std: [std])
  }
}
