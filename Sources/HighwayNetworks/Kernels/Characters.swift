private import CKernels

// The kernels of layers that read words and tokens with their extents checked; see characters.h.

/// The distinct words of a batch.
struct DistinctWords {
  /// The characters of each; `[count, length]`.
  let ids: BufferSlice<Int32>
  /// The number of each word of the batch among them; `[words]`.
  let which: BufferSlice<Int32>
  /// The number of distinct words.
  let count: Int
  /// The number of characters of a word, with padding.
  let length: Int
  private let characters: Int

  /// Finds the distinct rows of `[words, length]`, whose values are ids below `characters`; what is none counts as 0.
  init(_ words: FloatSlice, length: Int, characters: Int) {
    precondition(words.count.isMultiple(of: length) && length > 0, "whole words")
    let rows = words.count / length
    var slotCount = 2
    while slotCount <= 2 * rows { slotCount *= 2 }
    // Room for one more word than there are, since each is written before it is known to be new.
    let ids = AlignedBuffer<Int32>(count: (rows + 1) * length).all
    which = AlignedBuffer<Int32>(count: rows).all
    let slots = AlignedBuffer<Int32>(count: slotCount).all
    count = unsafe tg_distinct_words(
      words.base, rows, length, characters, ids.base, which.base, slots.base, slotCount)
    self.ids = ids.first(count * length)
    self.length = length
    self.characters = characters
  }

  /// Sums a kernel of some width over each word and takes the greatest sum, and where it stands, into columns of
  /// `[count, stride]` from `column` on; table `[width, characters, features]`.
  func maxima(
    table: FloatSlice, bias: FloatSlice, width: Int, into maxima: FloatSlice, places: FloatSlice,
    column: Int, stride: Int
  ) {
    let features = bias.count
    check(table, features, width, maxima, places, column, stride)
    guard count > 0 else { return }
    unsafe tg_character_maxima(
      table.base, bias.base, ids.base, count, length, characters, features, width,
      maxima.base + column, places.base + column, stride)
  }

  /// Adds the gradients of ``maxima(table:bias:width:into:places:column:stride:)`` to those of the table and the bias.
  func maximaBackward(
    table: FloatSlice, bias: FloatSlice, width: Int, gradient: FloatSlice, places: FloatSlice,
    column: Int, stride: Int
  ) {
    let features = bias.count
    check(table, features, width, gradient, places, column, stride)
    guard count > 0 else { return }
    unsafe tg_character_maxima_backward(
      table.base, bias.base, ids.base, count, length, characters, features, width,
      gradient.base + column, places.base + column, stride)
  }

  private func check(
    _ table: FloatSlice, _ features: Int, _ width: Int, _ values: FloatSlice, _ places: FloatSlice,
    _ column: Int, _ stride: Int
  ) {
    precondition(
      table.count == width * characters * features && 1...length ~= width
        && column >= 0 && column + features <= stride && values.count >= count * stride
        && places.count >= count * stride, "the extents agree")
  }
}

/// table `[width, characters, features]` ← products `[characters, features × width]`.
func characterTable(_ table: FloatSlice, of products: FloatSlice, characters: Int, width: Int) {
  precondition(
    table.count == products.count && table.count.isMultiple(of: characters * width),
    "the extents agree")
  unsafe tg_character_table(
    table.base, products.base, characters, table.count / (characters * width), width)
}

/// products `[characters, features × width]` ← table `[width, characters, features]`.
func characterProducts(_ products: FloatSlice, of table: FloatSlice, characters: Int, width: Int) {
  precondition(
    table.count == products.count && table.count.isMultiple(of: characters * width),
    "the extents agree")
  unsafe tg_character_products(
    products.base, table.base, characters, table.count / (characters * width), width)
}

/// rows `[which.count, width]` ← the rows of a table that `which` names.
func takeRows(_ rows: FloatSlice, of table: FloatSlice, _ which: BufferSlice<Int32>, width: Int) {
  check(rows, table, which, width)
  unsafe tg_take_rows(rows.base, table.base, which.base, which.count, width)
}

/// Adds rows `[which.count, width]` to the rows of a table that `which` names, one after the other.
func addRows(_ rows: FloatSlice, to table: FloatSlice, _ which: BufferSlice<Int32>, width: Int) {
  check(rows, table, which, width)
  unsafe tg_add_rows(table.base, rows.base, which.base, which.count, width)
}

private func check(
  _ rows: FloatSlice, _ table: FloatSlice, _ which: BufferSlice<Int32>, _ width: Int
) {
  precondition(
    rows.count == which.count * width
      && (0..<which.count).allSatisfy {
        0 <= which[$0] && Int(which[$0] + 1) * width <= table.count
      },
    "the extents agree")
}
