extension ColorMap {
  /// 33 control points of each map, 0xRRGGBB, evenly spaced; between them colours are interpolated.
  ///
  /// viridis, cividis and magma are from Matplotlib (CC0); vik is by Fabio Crameri (MIT).
  var controlPoints: [UInt32] {
    switch self {
    case .viridis: Self.viridisPoints
    case .cividis: Self.cividisPoints
    case .magma: Self.magmaPoints
    case .vik: Self.vikPoints
    }
  }

  /// Entries of the 256-colour palette whose lightness rises (for vik: rises, then falls) all the way;
  /// snapping the true colours to the palette one by one would make false bands.
  var paletteRamp: [UInt8] {
    switch self {
    case .viridis: [53, 54, 55, 56, 24, 25, 31, 66, 36, 72, 108, 41, 113, 148, 184, 220]
    case .cividis: [17, 18, 19, 24, 25, 60, 242, 243, 244, 245, 137, 144, 179, 185, 221, 227]
    case .magma: [16, 232, 17, 54, 55, 90, 91, 126, 162, 167, 203, 209, 180, 216, 222, 229]
    case .vik: [17, 18, 24, 25, 31, 74, 110, 152, 254, 223, 180, 173, 166, 130, 124, 88, 52]
    }
  }

  private static let viridisPoints: [UInt32] = [
    0x44_0154, 0x47_0D60, 0x48_186A, 0x48_2374, 0x47_2D7B, 0x45_3681, 0x42_4086, 0x3F_4989,
    0x3B_528B, 0x37_5A8D, 0x33_638D, 0x2F_6A8E, 0x2C_728E, 0x29_7A8E, 0x26_818E, 0x23_898E,
    0x21_908C, 0x1F_988B, 0x1F_9F88, 0x21_A685, 0x28_AE80, 0x31_B57B, 0x3E_BC74, 0x4C_C26C,
    0x5D_C963, 0x6E_CE58, 0x82_D34C, 0x96_D83F, 0xAB_DC32, 0xC0_DF24, 0xD5_E21A, 0xEA_E51A,
    0xFD_E725,
  ]

  private static let cividisPoints: [UInt32] = [
    0x00_224E, 0x00_285B, 0x00_2E6A, 0x04_3371, 0x1A_386F, 0x27_3E6E, 0x32_436D, 0x3B_496C,
    0x43_4E6C, 0x4B_546C, 0x52_596D, 0x5A_5F6E, 0x61_656F, 0x68_6A71, 0x6F_7073, 0x75_7676,
    0x7C_7B78, 0x84_8179, 0x8B_8778, 0x93_8D78, 0x9B_9376, 0xA3_9A75, 0xAB_A072, 0xB3_A670,
    0xBB_AD6C, 0xC3_B469, 0xCC_BA64, 0xD4_C15F, 0xDD_C958, 0xE6_D051, 0xEF_D748, 0xF8_DF3C,
    0xFE_E838,
  ]

  private static let magmaPoints: [UInt32] = [
    0x00_0004, 0x03_0311, 0x0A_0822, 0x13_0D33, 0x1D_1146, 0x28_115A, 0x36_106A, 0x43_0F76,
    0x50_127C, 0x5D_177F, 0x69_1C81, 0x76_2181, 0x82_2681, 0x8F_2A81, 0x9C_2E7F, 0xA9_327D,
    0xB6_3779, 0xC3_3B75, 0xCF_4170, 0xDB_486A, 0xE6_5163, 0xEE_5C5E, 0xF5_695C, 0xF9_785D,
    0xFB_8761, 0xFD_9668, 0xFE_A571, 0xFE_B47B, 0xFE_C387, 0xFE_D194, 0xFD_E0A2, 0xFC_EEB0,
    0xFC_FDBF,
  ]

  private static let vikPoints: [UInt32] = [
    0x00_1261, 0x02_1F69, 0x02_2B71, 0x02_3779, 0x03_4481, 0x04_5089, 0x0C_5E92, 0x1B_6D9B,
    0x2F_7CA6, 0x47_8DB1, 0x60_9DBC, 0x79_ADC7, 0x92_BDD2, 0xAC_CCDC, 0xC5_DBE5, 0xDC_E5E9,
    0xEC_E5E1, 0xEE_DACF, 0xE9_CBB9, 0xE2_BBA4, 0xDC_AB8F, 0xD5_9C7B, 0xCF_8E68, 0xC9_7F55,
    0xC3_7243, 0xBC_6331, 0xB3_531F, 0xA5_400E, 0x93_2E06, 0x83_2106, 0x74_1506, 0x66_0A07,
    0x59_0008,
  ]
}
