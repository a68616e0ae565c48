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
    .library(name: "HighwayNetworks", targets: ["HighwayNetworks"]),
    .library(name: "TensorFiles", targets: ["TensorFiles"]),
    .executable(name: "tollgate", targets: ["tollgate"]),
    .executable(name: "tollgate-bench", targets: ["tollgate-bench"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    .systemLibrary(name: "CNcurses", providers: [.apt(["libncursesw5-dev"]), .brew(["ncurses"])]),
    .systemLibrary(name: "COneDNN", providers: [.apt(["libdnnl-dev"]), .brew(["onednn"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .target(name: "CKernels", dependencies: ["COneDNN"]),
    .target(name: "CCairo", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
    .target(name: "CHDF5", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
    .target(name: "CPNG", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
    .target(name: "CTermGuard", cSettings: [.define("_GNU_SOURCE")]),
    .target(name: "Libc", swiftSettings: strict),
    .target(
      name: "TensorFiles", dependencies: ["CHDF5", "CZlib", "Libc"], swiftSettings: strict),
    .target(
      name: "HighwayNetworks",
      dependencies: ["CKernels", "COneDNN", "CPNG", "Libc", "TensorFiles"],
      swiftSettings: strict),
    .target(
      name: "ExplorerUI",
      dependencies: ["CCairo", "CZlib", "HighwayNetworks", "Libc", "TensorFiles"],
      swiftSettings: strict),
    .target(
      name: "Terminal",
      dependencies: ["CNcurses", "CTermGuard", "ExplorerUI", "Libc"],
      swiftSettings: strict),
    .executableTarget(
      name: "tollgate",
      dependencies: [
        "ExplorerUI", "HighwayNetworks", "Libc", "TensorFiles", "Terminal",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      resources: [.embedInCode("Recorder/recorder.py")],
      swiftSettings: strict),
    .executableTarget(
      name: "tollgate-bench",
      dependencies: [
        "CKernels", "COneDNN", "HighwayNetworks", "Libc", "TensorFiles", "TerminalHarness",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .target(
      name: "TestSupport", path: "Tests/TestSupport", resources: [.copy("Fixtures")],
      swiftSettings: strict),
    .testTarget(
      name: "TensorFilesTests", dependencies: ["Libc", "TensorFiles", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "HighwayNetworksTests",
      dependencies: ["HighwayNetworks", "Libc", "TensorFiles", "TestSupport"],
      resources: [.copy("Fixtures")],
      swiftSettings: strict),
    .testTarget(
      name: "ExplorerUITests", dependencies: ["CZlib", "ExplorerUI", "Libc", "TensorFiles"],
      swiftSettings: strict),
    // A tool for tests, so it stands among them; tollgate-bench times the explorer with the same terminal.
    .target(
      name: "TerminalHarness",
      dependencies: ["Libc"],
      path: "Tests/TerminalHarness",
      swiftSettings: strict),
    .executableTarget(
      name: "terminal-probe",
      dependencies: ["ExplorerUI", "Libc", "Terminal"],
      path: "Tests/TerminalProbe",
      swiftSettings: strict),
    .testTarget(
      name: "TerminalTests",
      dependencies: ["ExplorerUI", "Libc", "Terminal", "TerminalHarness", "terminal-probe"],
      swiftSettings: strict),
    .testTarget(
      name: "TollgateTests",
      dependencies: [
        "ExplorerUI", "HighwayNetworks", "Libc", "TensorFiles", "TerminalHarness", "TestSupport",
        "tollgate",
      ],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)

// One network on many processes is built by those who ask for it; nobody else needs MPI. The value is the name of the
// library for pkg-config, such as mpich; 1 takes what Debian's alternatives choose.
if let name = Context.environment["TOLLGATE_MPI"], !name.isEmpty, name != "0" {
  package.targets += [
    .systemLibrary(
      name: "CMPI", pkgConfig: name == "1" ? "mpi-c" : name,
      providers: [.apt(["libopenmpi-dev"]), .brew(["open-mpi"])]),
    .target(
      name: "MessagePassing", dependencies: ["CMPI", "HighwayNetworks", "Libc"],
      swiftSettings: strict),
  ]
  for target in package.targets where target.name == "tollgate" {
    target.dependencies.append("MessagePassing")
    target.swiftSettings?.append(.define("TOLLGATE_MPI"))
  }
}

// The documentation is built by those who ask for it; nobody else fetches the plugin.
if Context.environment["TOLLGATE_DOCUMENTATION"] != nil {
  package.dependencies.append(
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.4.3"))
}
