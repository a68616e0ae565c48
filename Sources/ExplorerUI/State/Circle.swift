/// The index that is some steps from another one among `count` things in a circle.
func turned(_ index: Int, by step: Int, of count: Int) -> Int {
  count > 0 ? ((index + step) % count + count) % count : 0
}
