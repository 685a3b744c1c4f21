#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace tercet::cli {

/// Runs jobs on threads and hands their results on in the order the jobs came, on the caller's
/// thread. At most `window` jobs are begun and not handed on, so memory stays bounded.
template <typename Result>
class Ordered {
 public:
  using Job = std::function<Result()>;
  using Sink = std::function<void(Result&&)>;

  /// threads <= 1: everything runs on the caller's thread. `while_waiting` is called by the
  /// caller's thread every 50 ms that it waits for a job.
  Ordered(int threads, Sink sink, std::function<void()> while_waiting = {})
      : sink_(std::move(sink)), while_waiting_(std::move(while_waiting)) {
    for (int i = 0; threads > 1 && i < threads; ++i) {
      workers_.emplace_back([this](const std::stop_token& stop) { work(stop); });
    }
    window_ = std::max<std::size_t>(1, workers_.size() * 4);
  }

  ~Ordered() {
    for (std::jthread& worker : workers_) worker.request_stop();
    wake_.notify_all();
  }

  /// Throws what an earlier job or the sink threw.
  void add(Job job) {
    if (workers_.empty()) return sink_(job());
    if (begun_.size() >= window_) hand_on_first();
    auto slot = std::make_shared<Slot>();
    slot->job = std::move(job);
    {
      const std::lock_guard lock(mutex_);
      waiting_.push_back(slot);
    }
    wake_.notify_one();
    begun_.push_back(std::move(slot));
  }

  /// Wait for all jobs and hand on their results.
  void finish() {
    while (!begun_.empty()) hand_on_first();
  }

 private:
  struct Slot {
    Job job;
    std::optional<Result> result;
    std::exception_ptr error;
    bool done = false;
  };

  void work(const std::stop_token& stop) {
    for (;;) {
      std::shared_ptr<Slot> slot;
      {
        std::unique_lock lock(mutex_);
        wake_.wait(lock, stop, [this] { return !waiting_.empty(); });
        if (stop.stop_requested()) return;
        slot = std::move(waiting_.front());
        waiting_.pop_front();
      }
      try {
        slot->result = slot->job();
      } catch (...) {
        slot->error = std::current_exception();
      }
      {
        const std::lock_guard lock(mutex_);
        slot->done = true;
      }
      done_.notify_all();
    }
  }

  void hand_on_first() {
    const std::shared_ptr<Slot> slot = std::move(begun_.front());
    begun_.pop_front();
    {
      std::unique_lock lock(mutex_);
      while (!done_.wait_for(lock, std::chrono::milliseconds(50), [&] { return slot->done; })) {
        if (!while_waiting_) continue;
        lock.unlock();
        while_waiting_();
        lock.lock();
      }
    }
    if (slot->error) std::rethrow_exception(slot->error);
    sink_(std::move(*slot->result));
  }

  Sink sink_;
  std::function<void()> while_waiting_;
  std::size_t window_ = 1;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::condition_variable done_;
  std::deque<std::shared_ptr<Slot>> waiting_;
  std::deque<std::shared_ptr<Slot>> begun_;
  std::vector<std::jthread> workers_;  // last: joined before anything they use goes away
};

}  // namespace tercet::cli
