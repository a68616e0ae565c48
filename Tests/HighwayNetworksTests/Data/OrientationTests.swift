import TensorFiles
import TestSupport
import Testing

@testable import HighwayNetworks

/// Rows and columns of pictures, exchanged or not.
struct OrientationTests {
  @Test func exchangesRowsAndColumnsOfEachChannel() throws {
    let directory = try TemporaryDirectory()
    try directory.write(
      "x_train.npy", npy(npyHeader("|u1", "(1, 2, 3, 1)"), [1, 2, 3, 4, 5, 6]))
    try directory.write("y_train.npy", npy(npyHeader("|u1", "(1,)"), [0]))
    let data = try DataSet.open(
      DataPlace(directory.path, choice: DataChoice(transposes: true)))
    #expect(data.shape == .image(channels: 1, height: 3, width: 2))
    #expect(data.train.pixels == [1, 4, 2, 5, 3, 6])
    let vectors = try directory.write("v.npy", npy(npyHeader("<f4", "(1, 1)"), [0, 0, 0, 0]))
    #expect(throws: DataError.noPictures(path: vectors, found: Shape(features: 1))) {
      try DataSet.open(DataPlace(vectors, choice: DataChoice(transposes: true)))
    }
  }

  @Test func remembersWhatARunWasTrainedOn() throws {
    let data = DataDescription(
      name: "x", files: [], normalization: Normalization(), classNames: [], trainingExamples: 0,
      testExamples: 0, choice: DataChoice(transposes: true, labelColumn: .name("species")))
    let description = RunDescription(
      architecture: try Architecture(json: ValidFiles.architecture), data: data)
    #expect(try RunDescription(json: description.json).data?.choice == data.choice)
  }

  /// Pictures of 8×8 of six classes: an upright bar with a foot on one side, or a disc.
  private func pictures(standing: Int, transposed: Bool) -> PictureOrientation {
    var pixels: [UInt8] = []
    var labels: [Int32] = []
    for label in 0..<6 {
      for _ in 0..<10 {
        labels.append(Int32(label))
        for row in 0..<8 {
          for column in 0..<8 {
            let (y, x) = transposed ? (column, row) : (row, column)
            let isBar = label < standing && (3...4).contains(x) && (0...6).contains(y)
            let isDot = label >= standing && (3...4).contains(x) && (3...4).contains(y)
            pixels.append(isBar || isDot ? 255 : 0)
          }
        }
      }
    }
    let split = DataSet.Split(pixels: pixels, labels: labels)
    return PictureOrientation(
      split, shape: .image(channels: 1, height: 8, width: 8), classes: 6)
  }

  @Test func tellsStandingClassesFromLyingOnes() {
    let upright = pictures(standing: 4, transposed: false)
    #expect((upright.classes, upright.standing, upright.lying) == (6, 4, 0))
    #expect(upright.looksUpright && !upright.looksTransposed)
    let turned = pictures(standing: 4, transposed: true)
    #expect((turned.standing, turned.lying) == (0, 4))
    #expect(turned.looksTransposed && !turned.looksUpright)
  }

  @Test func saysNothingWhereHalfOfTheClassesDo() {
    let unsure = pictures(standing: 3, transposed: true)
    #expect(unsure.lying == 3)
    #expect(!unsure.looksTransposed && !unsure.looksUpright)
  }
}
