// swift-tools-version: 6.2

import PackageDescription

let strict: [SwiftSetting] = [
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "tollgate",
  products: [
    .library(name: "HighwayNetworks", targets: ["HighwayNetworks"])
  ],
  targets: [
    .systemLibrary(name: "COneDNN", providers: [.apt(["libdnnl-dev"]), .brew(["onednn"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .target(name: "CKernels"),
    .target(
      name: "HighwayNetworks",
      dependencies: ["CKernels", "COneDNN", "CZlib"],
      swiftSettings: strict),
    .target(name: "ExplorerUI", dependencies: ["HighwayNetworks"], swiftSettings: strict),
    .testTarget(
      name: "HighwayNetworksTests",
      dependencies: ["HighwayNetworks"],
      resources: [.copy("Fixtures")],
      swiftSettings: strict),
    .testTarget(name: "ExplorerUITests", dependencies: ["ExplorerUI"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
