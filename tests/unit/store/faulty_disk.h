// A disk that fails when told to: SQLite's own file system with its writes and syncs watched.
#pragma once

namespace hotline::store::faulty_disk {

// Puts it under every database opened from now on in this process.
void install();

// What writes and syncs come back with from now on: SQLITE_OK, SQLITE_FULL, SQLITE_IOERR_WRITE…
// A sync that fails leaves the data where it is, as a kernel does.
void fail_writes(int code);
void fail_syncs(int code);

// Syncs do not come back until they may.
void hang_syncs(bool hang);

// Writes to a write-ahead log that no sync has followed yet.
int unsynced_writes();

}  // namespace hotline::store::faulty_disk
