import ArgumentParser
import ExplorerUI
import HighwayNetworks
import TensorFiles

/// What a checkpoint's network is made of, where its metadata do not say.
struct ArchitectureOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What a checkpoint is made of, where it does not say: a file with what tollgate inspect printed.",
      valueName: "file"), transform: typedPath)
  var architecture: String?

  @OptionGroup(title: "Checkpoints of other programs")
  var convention: ConventionOptions

  /// The architecture that was named, if any.
  func read() throws -> Architecture? { try architecture.map { try Architecture(file: $0) } }
}

extension Architecture {
  /// Reads a description from a file: the JSON alone, or all that `inspect` printed, with or without --json.
  ///
  /// - Throws: ``Failure`` where there is none in it.
  init(file path: String) throws {
    let bytes = try InputFile.read(path, limit: 1 << 24)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Failure("\(path.printablePath): expected a description in UTF-8")
    }
    var first: DescriptionError?
    for candidate in [text] + Self.descriptions(in: text) {
      do throws(DescriptionError) {
        self = try Architecture(json: candidate)
        return
      } catch {
        first = first ?? error
      }
    }
    throw Failure("\(path.printablePath): \(first.map { "\($0)" } ?? "no description")")
  }

  /// What may be a description in the output of `inspect`.
  private static func descriptions(in text: String) -> [String] {
    let lines = text.split(separator: "\n").map { $0.drop { $0 == " " } }.filter { $0.first == "{" }
    guard let report = try? JSONField(parsing: text) else { return lines.map(String.init) }
    return ["confirmed", "inferred"].compactMap { section in
      let findings = try? report.optional(section)
      return (try? findings?.optional("architecture"))?.value.text
    }
  }
}
