// SHA-256 as the chains use it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace hotline::store {

// 32 bytes.
using Hash = std::string;

Hash first_hash();  // in front of number 1
std::string to_hex(const Hash& hash);
// Errors: nullopt for what is no hash.
std::optional<Hash> hash_from_hex(std::string_view text);

// One hash after another.
class Hasher {
 public:
  Hasher();
  ~Hasher();
  Hasher(const Hasher&) = delete;
  Hasher& operator=(const Hasher&) = delete;

  Hash next(const Hash& before, std::string_view bytes);

 private:
  struct Digest;
  std::unique_ptr<Digest> digest_;
};

}  // namespace hotline::store
