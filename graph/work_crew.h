#pragma once

#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace tercet {

/// A few threads that share out numbered blocks of work. The caller works too; waiting threads
/// sleep. Which thread does a block is chance, so a block may write only what belongs to it (or to
/// its worker's scratch), and sums go per block and are added up in block order.
class WorkCrew {
 public:
  explicit WorkCrew(unsigned threads);
  ~WorkCrew();
  WorkCrew(const WorkCrew&) = delete;
  WorkCrew& operator=(const WorkCrew&) = delete;

  unsigned size() const { return static_cast<unsigned>(others_.size()) + 1; }

  /// Calls work(block, worker) once for every block < blocks, worker < size(), and waits. The
  /// first exception is thrown again here, after all have stopped; blocks not yet begun are
  /// then left out.
  void run(std::size_t blocks, const std::function<void(std::size_t, unsigned)>& work);

 private:
  void take_blocks(unsigned worker);

  std::mutex mutex_;
  std::condition_variable start_, done_;
  const std::function<void(std::size_t, unsigned)>* work_ = nullptr;
  std::size_t blocks_ = 0, next_ = 0;
  unsigned long round_ = 0;
  unsigned busy_ = 0;
  bool ending_ = false;
  std::exception_ptr error_;
  std::vector<std::thread> others_;
};

}  // namespace tercet
