import ArgumentParser
import HighwayNetworks

/// What reads an option as a setting; what it may be is then said where it is something else.
func reading<Value: Sendable>(_ setting: Setting<Value>) -> @Sendable (String) throws -> Value {
  { text in
    do {
      return try setting.read(text)
    } catch {
      throw ValidationError("\(error)")
    }
  }
}
