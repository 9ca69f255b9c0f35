// The hash chains: what makes an edit of a filed row visible. Each chained table T has a table
// T_link beside it, with one row for each of its rows:
//
//   hash(n) = SHA-256(hash(n - 1) ‖ canonical bytes of row n)        hash(0) = 32 zero bytes
//
// The canonical bytes of a record (all numbers big-endian):
//
//   0x01                                the version of this form
//   the row, then each attempt by n:    its columns in the order of their names, then 0x00
//   a column:                           length of its name (1 byte), its name, then
//                                       'i' and 8 bytes, or 't', a length (4 bytes), the text
//
// A column that says nothing is left out: NULL, and in a column that cannot be NULL also 0 and ''.
// So a column that a later schema adds changes no hash of before, as long as it is empty, 0 or NULL
// in the rows of before; and a value put there later does.
//
// The bytes are made of what stands in the table, by the writer too: what is hashed is what is
// stored, and no column can be forgotten.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <SQLiteCpp/SQLiteCpp.h>

#include "store/hash.h"

namespace hotline::store {

// The canonical bytes of rows of one table.
class RowForm {
 public:
  RowForm(SQLite::Database& database, const std::string& table);

  // `row` stands on a row; its first columns are those of SELECT *.
  void append(const SQLite::Statement& row, std::string& bytes) const;

 private:
  struct Column {
    int index = 0;
    std::string name;  // with its length in front
    bool may_be_null = false;
  };
  std::vector<Column> columns_;
};

// A chained table, by one connection. Any function may throw SQLite::Exception.
class Chain {
 public:
  // Records with their attempts; the notes about records.
  static Chain of_records(SQLite::Database& database);
  static Chain of_notes(SQLite::Database& database);

  // The hash that row `seq` has behind `before`.
  // Errors: nullopt: there is no such row.
  std::optional<Hash> hash_of(std::int64_t seq, const Hash& before);
  // The same of a row that a statement stands on; its first columns are those of SELECT *.
  Hash hash_of_row(const SQLite::Statement& row, std::int64_t seq, const Hash& before);

  // The number of the last row that has a hash; 0: none has.
  std::int64_t last_linked();
  // What is kept for that row; the first hash for 0; nullopt: nothing.
  std::optional<Hash> link_of(std::int64_t seq);
  // Keeps the hash of that row. Requires: none is kept for it.
  void keep_link(std::int64_t seq, const Hash& hash);

  // Hashes the row that was written last. Requires: its transaction is open.
  // Errors: throws where the one before has no hash.
  void extend(std::int64_t seq);
  // The transaction was rolled back: what extend() remembers is not so.
  void forget() noexcept { head_.reset(); }
  // Hashes every row that has no hash yet. Requires: a transaction.
  void link_all();
  // How many rows of the second table (attempts) have gone into hashes so far.
  std::size_t parts_seen() const { return parts_seen_; }

 private:
  Chain(SQLite::Database& database, const std::string& table, const std::string& parts);
  void append_parts(std::int64_t seq);

  struct Head {
    std::int64_t seq = 0;
    Hash hash;
  };
  struct Parts {
    RowForm form;
    SQLite::Statement select;
  };

  SQLite::Database& database_;
  std::string table_;
  RowForm form_;
  std::unique_ptr<Parts> parts_;
  SQLite::Statement select_row_;
  SQLite::Statement select_last_;
  SQLite::Statement select_link_;
  SQLite::Statement insert_link_;
  std::unique_ptr<Hasher> hasher_;
  std::string bytes_;
  std::optional<Head> head_;  // the last row that has a hash
  std::size_t parts_seen_ = 0;
};

}  // namespace hotline::store
