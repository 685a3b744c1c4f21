#include "graph/work_crew.h"

#include <algorithm>

namespace tercet {

WorkCrew::WorkCrew(unsigned threads) {
  for (unsigned worker = 1; worker < std::min(threads, 256U); ++worker) {
    others_.emplace_back([this, worker] {
      unsigned long seen = 0;
      std::unique_lock lock(mutex_);
      while (true) {
        start_.wait(lock, [&] { return ending_ || round_ != seen; });
        if (ending_) return;
        seen = round_;
        lock.unlock();
        take_blocks(worker);
        lock.lock();
        if (--busy_ == 0) done_.notify_one();
      }
    });
  }
}

WorkCrew::~WorkCrew() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  start_.notify_all();
  for (std::thread& other : others_) other.join();
}

void WorkCrew::take_blocks(unsigned worker) {
  while (true) {
    std::size_t block = 0;
    {
      const std::lock_guard lock(mutex_);
      if (next_ >= blocks_) return;
      block = next_++;
    }
    try {
      (*work_)(block, worker);
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!error_) error_ = std::current_exception();
      next_ = blocks_;
    }
  }
}

void WorkCrew::run(std::size_t blocks, const std::function<void(std::size_t, unsigned)>& work) {
  if (others_.empty()) {
    for (std::size_t block = 0; block < blocks; ++block) work(block, 0);
    return;
  }
  {
    const std::lock_guard lock(mutex_);
    work_ = &work;
    blocks_ = blocks;
    next_ = 0;
    error_ = nullptr;
    busy_ = static_cast<unsigned>(others_.size());
    ++round_;
  }
  start_.notify_all();
  take_blocks(0);
  std::unique_lock lock(mutex_);
  done_.wait(lock, [&] { return busy_ == 0; });
  if (error_) std::rethrow_exception(error_);
}

}  // namespace tercet
