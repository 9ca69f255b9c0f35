"""The database itself, as SQLite has it."""

import contextlib
import sqlite3


class Books:
    """Read beside the running server."""

    def __init__(self, stage):
        self._uri = (stage.home / "state" / "hotline.db").as_uri() + "?mode=ro"

    def schema(self):
        """Every table, index and trigger, as it was made."""
        return self._rows("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name")

    def counts(self):
        """How many rows each table has."""
        tables = self._rows("SELECT name FROM sqlite_schema WHERE type = 'table'")
        return {name: self._rows(f'SELECT count(*) FROM "{name}"')[0][0] for name, in tables}

    def _rows(self, sql):
        with contextlib.closing(sqlite3.connect(self._uri, uri=True)) as database:
            return database.execute(sql).fetchall()
