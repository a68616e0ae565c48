/// Whether the pictures of a data set stand upright, as far as their classes tell.
///
/// What is drawn by hand or photographed from the front is mostly taller than wide, and more like its mirror image than
/// like itself upside down. A class *stands* where both hold for most of its pictures, and *lies* where neither does;
/// exchanging rows and columns turns one into the other. Classes of wide things, such as shoes, may do neither.
struct PictureOrientation {
  /// The classes that were looked at: those with enough pictures.
  private(set) var classes = 0
  /// The classes that stand.
  private(set) var standing = 0
  /// The classes that lie.
  private(set) var lying = 0

  private static let fewestPictures = 10
  private static let mostPictures = 100
  private static let fewestClasses = 5

  /// Whether the classes say that rows and columns are exchanged: more than half lie, and hardly any stands.
  var looksTransposed: Bool {
    classes >= Self.fewestClasses && 2 * lying > classes && 5 * standing <= classes
  }

  /// Whether they say that the pictures are upright.
  var looksUpright: Bool {
    classes >= Self.fewestClasses && 2 * standing > classes && 5 * lying <= classes
  }

  /// Looks at the first pictures of each class; of square ones only, which alone can be turned without a trace.
  init(_ split: DataSet.Split, shape: Shape, classes count: Int) {
    guard shape.positions.count == 2, shape.positions[0] == shape.positions[1],
      let labels = split.labels, labels.count == split.count
    else { return }
    var sums = [Votes](repeating: Votes(), count: count)
    for (example, label) in labels.enumerated() where sums[Int(label)].pictures < Self.mostPictures
    {
      let range = example * shape.count..<(example + 1) * shape.count
      // Standardized pixels have their ground at the least value.
      let gray = split.vectors.map { grayLevels($0[range]) }
      sums[Int(label)].add(gray?[...] ?? split.pixels[range], side: shape.positions[0])
    }
    for votes in sums where votes.pictures >= Self.fewestPictures {
      classes += 1
      if votes.tall > 0, votes.mirrored > 0 { standing += 1 }
      if votes.tall < 0, votes.mirrored < 0 { lying += 1 }
    }
  }

  /// What the pictures of a class say.
  private struct Votes {
    var pictures = 0
    /// Those that spread further up and down than from left to right, less those the other way.
    var tall = 0
    /// Those that differ less from their mirror image than from themselves upside down, less those the other way.
    var mirrored = 0

    /// Looks at the planes of a picture, each `[side, side]`.
    mutating func add(_ pixels: ArraySlice<UInt8>, side: Int) {
      var (mass, x, y, xx, yy) = (0, 0, 0, 0, 0)
      var (beside, below) = (0, 0)
      for plane in stride(from: pixels.startIndex, to: pixels.endIndex, by: side * side) {
        for row in 0..<side {
          for column in 0..<side {
            let value = Int(pixels[plane + row * side + column])
            beside += abs(value - Int(pixels[plane + row * side + side - 1 - column]))
            below += abs(value - Int(pixels[plane + (side - 1 - row) * side + column]))
            mass += value
            x += value * column
            y += value * row
            xx += value * column * column
            yy += value * row * row
          }
        }
      }
      // Variances times the square of the mass, which are whole numbers.
      let (wide, tall) = (
        Double(mass) * Double(xx) - Double(x) * Double(x),
        Double(mass) * Double(yy) - Double(y) * Double(y)
      )
      pictures += 1
      self.tall += tall > wide ? 1 : tall < wide ? -1 : 0
      mirrored += beside < below ? 1 : beside > below ? -1 : 0
    }
  }
}
