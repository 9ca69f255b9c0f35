#include "store/chain.h"

#include <sqlite3.h>

#include "store/statement.h"

namespace hotline::store {
namespace {

constexpr char kVersion = 1;

void append_number(std::uint64_t number, int bytes, std::string& out) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
    out += static_cast<char>(number >> shift & 0xff);
  }
}

}  // namespace

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
