import Libc

/// What whoever started this process as one of several has said of them in its environment.
struct Launch {
  /// The number of this process, from 0.
  let rank: Int
  /// The number of processes.
  let count: Int

  /// What the variables of Open MPI, MPICH and Slurm say; nil where the process was started by itself.
  static var found: Launch? {
    let sources = [
      ("OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE"), ("PMI_RANK", "PMI_SIZE"),
      ("PMIX_RANK", "SLURM_STEP_NUM_TASKS"),
    ]
    for (rank, count) in sources {
      if let rank = number(rank), let count = number(count), count > 1 {
        return Launch(rank: rank, count: count)
      }
    }
    return nil
  }

  private static func number(_ name: String) -> Int? {
    unsafe getenv(name).flatMap { unsafe Int(String(cString: $0)) }
  }
}
