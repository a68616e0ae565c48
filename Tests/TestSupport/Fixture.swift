import Foundation

/// The path of a file that another program wrote.
package func fixture(_ name: String) throws -> String {
  guard let directory = Bundle.module.resourcePath else { throw CocoaError(.fileNoSuchFile) }
  return directory + "/Fixtures/" + name
}
