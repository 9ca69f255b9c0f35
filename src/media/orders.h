// What the call thread wants of the media thread, which takes it when it next looks: nobody is
// woken for it, and nobody waits for a lock. Any number of threads give orders, one takes them.
#pragma once

#include <atomic>
#include <memory>
#include <utility>

namespace hotline::media {

class RelayLoop;

class Orders {
 public:
  Orders() = default;
  Orders(const Orders&) = delete;
  Orders& operator=(const Orders&) = delete;
  ~Orders() {
    for (auto order = take(); order; order = std::move(order->next)) {
    }
  }

  struct Order {
    virtual ~Order() = default;
    virtual void carry_out(RelayLoop& loop) = 0;
    std::unique_ptr<Order> next;
  };

  // Thread: any.
  template <class Function>
  void give(Function function) {
    struct Made final : Order {
      explicit Made(Function what) : function(std::move(what)) {}
      void carry_out(RelayLoop& loop) override { function(loop); }
      Function function;
    };
    push(std::make_unique<Made>(std::move(function)));
  }

  // All there are, in the order they were given; null: none.
  std::unique_ptr<Order> take() {
    std::unique_ptr<Order> newest(newest_.exchange(nullptr));
    std::unique_ptr<Order> first;
    while (newest) {
      std::unique_ptr<Order> older = std::move(newest->next);
      newest->next = std::move(first);
      first = std::exchange(newest, std::move(older));
    }
    return first;
  }

  bool empty() const { return newest_.load() == nullptr; }

 private:
  void push(std::unique_ptr<Order> order) {
    Order* const pushed = order.release();
    Order* newest = newest_.load();
    do {
      pushed->next.release();  // what the last try put there is not ours
      pushed->next.reset(newest);
    } while (!newest_.compare_exchange_weak(newest, pushed));
  }

  std::atomic<Order*> newest_{nullptr};
};

}  // namespace hotline::media
