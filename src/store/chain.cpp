#include "store/chain.h"

#include <algorithm>

#include <openssl/evp.h>
#include <sqlite3.h>

#include "hotline/base/contract.h"

#include "store/statement.h"

namespace hotline::store {
namespace {

constexpr char kVersion = 1;
constexpr std::size_t kHashSize = 32;

void append_number(std::uint64_t number, int bytes, std::string& out) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
    out += static_cast<char>(number >> shift & 0xff);
  }
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

}  // namespace

Hash first_hash() { return Hash(kHashSize, '\0'); }

std::string to_hex(const Hash& hash) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string hex;
  for (const char c : hash) {
    const auto byte = static_cast<unsigned char>(c);
    hex += {kHex[byte >> 4], kHex[byte & 0x0f]};
  }
  return hex;
}

std::optional<Hash> hash_from_hex(std::string_view text) {
  if (text.size() != 2 * kHashSize) return std::nullopt;
  Hash hash;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = hex_value(text[i]);
    const int low = hex_value(text[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    hash += static_cast<char>(high << 4 | low);
  }
  return hash;
}

// --- SHA-256 -------------------------------------------------------------------------------------

// Kept from one hash to the next: fetching the algorithm costs more than a record's hash.
struct Hasher::Digest {
  EVP_MD* algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  EVP_MD_CTX* context = EVP_MD_CTX_new();
};

Hasher::Hasher() : digest_(std::make_unique<Digest>()) {
  HOTLINE_EXPECT(digest_->algorithm != nullptr && digest_->context != nullptr);
}

Hasher::~Hasher() {
  EVP_MD_CTX_free(digest_->context);
  EVP_MD_free(digest_->algorithm);
}

Hash Hasher::next(const Hash& before, std::string_view bytes) {
  Hash hash(kHashSize, '\0');
  const bool done =
      EVP_DigestInit_ex2(digest_->context, digest_->algorithm, nullptr) == 1 &&
      EVP_DigestUpdate(digest_->context, before.data(), before.size()) == 1 &&
      EVP_DigestUpdate(digest_->context, bytes.data(), bytes.size()) == 1 &&
      EVP_DigestFinal_ex(digest_->context, reinterpret_cast<unsigned char*>(hash.data()),
                         nullptr) == 1;
  HOTLINE_EXPECT(done);
  return hash;
}

// --- canonical bytes -----------------------------------------------------------------------------

RowForm::RowForm(SQLite::Database& database, const std::string& table) {
  SQLite::Statement select(database, "SELECT cid, name, \"notnull\" FROM pragma_table_info('" +
                                         table + "') ORDER BY name");
  while (select.executeStep()) {
    Row row(select);
    Column& column = columns_.emplace_back();
    column.index = row.small_number();
    const std::string name = row.text();
    column.name = static_cast<char>(name.size()) + name;
    column.may_be_null = row.number() == 0;
  }
}

void RowForm::append(const SQLite::Statement& row, std::string& bytes) const {
  for (const Column& column : columns_) {
    const SQLite::Column value = row.getColumn(column.index);
    switch (value.getType()) {
      case SQLITE_NULL:
        continue;
      case SQLITE_INTEGER: {
        const std::int64_t number = value.getInt64();
        if (number == 0 && !column.may_be_null) continue;
        bytes += column.name;
        bytes += 'i';
        append_number(static_cast<std::uint64_t>(number), 8, bytes);
        continue;
      }
      default: {
        const auto* text = static_cast<const char*>(value.getBlob());
        const auto size = static_cast<std::size_t>(value.getBytes());
        if (size == 0 && !column.may_be_null) continue;
        bytes += column.name;
        bytes += 't';
        append_number(size, 4, bytes);
        bytes.append(text, size);
      }
    }
  }
  bytes += '\0';
}

// --- chains --------------------------------------------------------------------------------------

Chain Chain::of_records(SQLite::Database& database) { return {database, "cdr", "attempt"}; }
Chain Chain::of_notes(SQLite::Database& database) { return {database, "cdr_note", ""}; }

Chain::Chain(SQLite::Database& database, const std::string& table, const std::string& parts)
    : database_(database),
      table_(table),
      form_(database, table),
      select_row_(database, "SELECT * FROM " + table + " WHERE seq = ?"),
      select_last_(database, "SELECT coalesce(max(seq), 0) FROM " + table + "_link"),
      select_link_(database, "SELECT hash FROM " + table + "_link WHERE seq = ?"),
      insert_link_(database, "INSERT INTO " + table + "_link(seq, hash) VALUES(?, ?)"),
      hasher_(std::make_unique<Hasher>()) {
  if (parts.empty()) return;
  parts_ = std::make_unique<Parts>(
      Parts{RowForm(database, parts),
            {database, "SELECT * FROM " + parts + " WHERE cdr_seq = ? ORDER BY n"}});
}

std::optional<Hash> Chain::hash_of(std::int64_t seq, const Hash& before) {
  Run run(select_row_);
  if (!run.number(seq).step()) return std::nullopt;
  return hash_of_row(select_row_, seq, before);
}

Hash Chain::hash_of_row(const SQLite::Statement& row, std::int64_t seq, const Hash& before) {
  bytes_.assign(1, kVersion);
  form_.append(row, bytes_);
  if (parts_) append_parts(seq);
  return hasher_->next(before, bytes_);
}

void Chain::append_parts(std::int64_t seq) {
  Run run(parts_->select);
  run.number(seq);
  while (run.step()) {
    parts_->form.append(parts_->select, bytes_);
    ++parts_seen_;
  }
}

std::int64_t Chain::last_linked() {
  Run run(select_last_);
  run.step();
  return Row(select_last_).number();
}

std::optional<Hash> Chain::link_of(std::int64_t seq) {
  if (seq == 0) return first_hash();
  Run run(select_link_);
  if (!run.number(seq).step()) return std::nullopt;
  return Row(select_link_).text();
}

void Chain::keep_link(std::int64_t seq, const Hash& hash) {
  Run(insert_link_).number(seq).blob(hash).exec();
}

void Chain::extend(std::int64_t seq) {
  if (!head_) {
    const std::int64_t last = last_linked();
    head_ = Head{last, link_of(last).value()};
  }
  if (seq != head_->seq + 1) {
    throw SQLite::Exception(table_ + " goes on with " + std::to_string(seq) + " behind " +
                            std::to_string(head_->seq));
  }
  head_->hash = hash_of(seq, head_->hash).value();
  head_->seq = seq;
  keep_link(seq, head_->hash);
}

void Chain::link_all() {
  const std::int64_t last = last_linked();
  Hash hash = link_of(last).value();
  SQLite::Statement select(database_, "SELECT * FROM " + table_ + " WHERE seq > ? ORDER BY seq");
  Run run(select);
  run.number(last);
  const int seq_column = 0;  // of every chained table
  while (run.step()) {
    const std::int64_t seq = select.getColumn(seq_column).getInt64();
    hash = hash_of_row(select, seq, hash);
    keep_link(seq, hash);
  }
}

}  // namespace hotline::store
