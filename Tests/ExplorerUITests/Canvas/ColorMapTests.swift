import ExplorerUI
import Libc
import Testing

@Suite struct ColorMapTests {
  @Test(arguments: ColorMap.sequential, [Capabilities.ColorDepth.indexed256, .trueColor])
  func lightnessRisesWithTheValue(map: ColorMap, depth: Capabilities.ColorDepth) {
    let lightness = map.palette(depth).map(lightness)
    #expect(lightness.count >= 16)
    for (low, high) in zip(lightness, lightness.dropFirst()) {
      // The palette's cube has few steps: what CAM02 calls lighter may tie in CIE L*.
      #expect(high >= low - (depth == .trueColor ? 0.05 : 1.5))
    }
    #expect((lightness.last ?? 0) - (lightness.first ?? 0) > 60)
  }

  @Test(arguments: [Capabilities.ColorDepth.indexed256, .trueColor])
  func vikIsLightestAtZeroAndDarkensBothWays(depth: Capabilities.ColorDepth) {
    let lightness = ColorMap.vik.palette(depth).map(lightness)
    let middle = lightness.count / 2
    for index in 1..<middle { #expect(lightness[index] >= lightness[index - 1] - 1.5) }
    for index in middle + 1..<lightness.count {
      #expect(lightness[index] <= lightness[index - 1] + 1.5)
    }
    #expect(lightness[middle] > 85)
  }

  @Test func endsAreThePublishedColours() {
    #expect(
      ColorMap.viridis.ink(at: 0, depth: .trueColor) == .rgb(red: 0x44, green: 0x01, blue: 0x54))
    #expect(
      ColorMap.viridis.ink(at: 1, depth: .trueColor) == .rgb(red: 0xFD, green: 0xE7, blue: 0x25))
    #expect(ColorMap.viridis.ink(at: 0, depth: .indexed256) == .indexed(53))
    #expect(ColorMap.viridis.ink(at: 1, depth: .indexed256) == .indexed(220))
    #expect(ColorMap.vik.ink(at: 0.5, depth: .indexed256) == .indexed(254))
  }

  @Test func trueColourHas128Levels() {
    #expect(Set(ColorMap.viridis.palette(.trueColor)).count == 128)
    #expect(ColorMap.viridis.palette(.sixteen).isEmpty)
  }

  @Test func divergingScaleIsSymmetricAboutZero() {
    let scale = ColorScale.fitting([-0.031, 0.002], map: .vik)
    #expect(scale.lower == -scale.upper)
    #expect(scale.upper >= 0.031)
    #expect(scale.position(0) == 0.5)
  }

  @Test func scaleClampsAndRefusesNaN() {
    let scale = ColorScale(.viridis, lower: 0, upper: 1)
    #expect(scale.position(-3) == 0)
    #expect(scale.position(.infinity) == 1)
    #expect(scale.position(.nan) == nil)
    #expect(ColorScale(.viridis, lower: 2, upper: 2).upper == 1)
    #expect(ColorScale(.viridis, lower: -.infinity, upper: .nan).lower == 0)
  }

  @Test func fittingIgnoresWhatIsNotFinite() {
    let scale = ColorScale.fitting([.nan, -2.4, .infinity, -7.1], map: .viridis)
    #expect(scale.lower <= -7.1 && scale.lower > -8)
    #expect(scale.upper >= -2.4 && scale.upper < -1.9)
    #expect(ColorScale.fitting([.nan], map: .magma).upper == 1)
  }

  @Test func signsDifferWithoutColour() {
    let scale = ColorScale(.vik, lower: -1, upper: 1)
    for unicode in [true, false] {
      let capabilities = Capabilities(colors: .mono, unicode: unicode)
      let negative = (0..<4).map { scale.glyph(at: Double($0) * 0.12, capabilities).scalar }
      let positive = (0..<4).map { scale.glyph(at: 1 - Double($0) * 0.12, capabilities).scalar }
      #expect(Set(negative).intersection(positive).subtracting([" "]).isEmpty)
    }
  }

  /// CIE L*, 0–100.
  private func lightness(_ ink: Ink) -> Double {
    var rgb: [Double] = []
    switch ink {
    case .standard: break
    case .rgb(let red, let green, let blue): rgb = [Double(red), Double(green), Double(blue)]
    case .indexed(let index):
      let steps: [Double] = [0, 95, 135, 175, 215, 255]
      let cube = Int(index) - 16
      rgb =
        index >= 232
        ? Array(repeating: 8 + 10 * Double(index - 232), count: 3)
        : [steps[cube / 36], steps[cube / 6 % 6], steps[cube % 6]]
    }
    let linear = rgb.map { value -> Double in
      let part = value / 255
      return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
    }
    let luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return luminance > 0.008856 ? 116 * cbrt(luminance) - 16 : 903.3 * luminance
  }
}
