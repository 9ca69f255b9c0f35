-- A database of version 2, as a hotlined of then left it when it died: a call filed, one that talks,
-- one that rings. For an empty file.
PRAGMA application_id = 1213158452;
PRAGMA user_version = 2;
CREATE TABLE account(
      name TEXT NOT NULL PRIMARY KEY,
      opened_ms INTEGER NOT NULL,
      balance_li INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO "account" VALUES('acme',1772416799000,99380);
CREATE TABLE attempt(
      cdr_seq INTEGER NOT NULL,
      n INTEGER NOT NULL,
      phone TEXT NOT NULL,
      started_ms INTEGER NOT NULL,
      rang_ms INTEGER NOT NULL,
      result TEXT NOT NULL,
      status INTEGER NOT NULL,
      PRIMARY KEY(cdr_seq, n)) STRICT, WITHOUT ROWID;
INSERT INTO "attempt" VALUES(1,1,'desk',1772416799100,100,'answered',200);
CREATE TABLE cdr(
      seq INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      trunk TEXT NOT NULL,
      caller_leg_id TEXT NOT NULL,
      phone_leg_id TEXT NOT NULL,
      account TEXT NOT NULL,
      hotline TEXT NOT NULL,
      caller_raw TEXT NOT NULL,
      caller_e164 TEXT NOT NULL,
      province TEXT NOT NULL,
      city TEXT NOT NULL,
      area_code TEXT NOT NULL,
      carrier TEXT NOT NULL,
      presented TEXT NOT NULL,
      received_ms INTEGER NOT NULL,
      first_ring_ms INTEGER,
      answered_ms INTEGER,
      ended_ms INTEGER NOT NULL,
      ring_ms INTEGER NOT NULL,
      talk_ms INTEGER NOT NULL,
      billable_ms INTEGER NOT NULL,
      billed_s INTEGER NOT NULL,
      price_per_min_li INTEGER NOT NULL,
      charge_li INTEGER NOT NULL,
      released_by TEXT NOT NULL,
      cause TEXT NOT NULL,
      status INTEGER NOT NULL,
      q850 INTEGER NOT NULL,
      evidence TEXT NOT NULL,
      answered_by TEXT NOT NULL,
      trace TEXT NOT NULL,
      calls INTEGER NOT NULL, caller_kind TEXT NOT NULL DEFAULT '', decided TEXT NOT NULL DEFAULT '', asked TEXT NOT NULL DEFAULT '') STRICT;
INSERT INTO "cdr" VALUES(1,'019cacb7-9000-7000-8000-000000000001','unicom','c1','p1','acme','4001234567','013900000000','+8613900000000','江苏','苏州','0512','移动','013900000000',1772416799100,NULL,1772416799200,1772416799300,0,61000,61000,120,310,620,'caller','hung_up',200,16,'bye','desk','',1,'mobile','group sales','');
CREATE TABLE heartbeat(
      only_row INTEGER PRIMARY KEY CHECK(only_row = 1),
      wall_ms INTEGER NOT NULL,
      mono_ms INTEGER NOT NULL,
      boot_id TEXT NOT NULL) STRICT;
INSERT INTO "heartbeat" VALUES(1,1772416870000,70000,'boot');
CREATE TABLE journal(
      key INTEGER PRIMARY KEY,
      id TEXT NOT NULL,
      trunk TEXT NOT NULL,
      caller_leg_id TEXT NOT NULL,
      phone_leg_id TEXT NOT NULL,
      account TEXT NOT NULL,
      hotline TEXT NOT NULL,
      caller_raw TEXT NOT NULL,
      caller_e164 TEXT NOT NULL,
      province TEXT NOT NULL,
      city TEXT NOT NULL,
      area_code TEXT NOT NULL,
      carrier TEXT NOT NULL,
      presented TEXT NOT NULL,
      received_ms INTEGER NOT NULL,
      first_ring_ms INTEGER,
      answered_ms INTEGER,
      ended_ms INTEGER NOT NULL,
      ring_ms INTEGER NOT NULL,
      talk_ms INTEGER NOT NULL,
      billable_ms INTEGER NOT NULL,
      billed_s INTEGER NOT NULL,
      price_per_min_li INTEGER NOT NULL,
      charge_li INTEGER NOT NULL,
      released_by TEXT NOT NULL,
      cause TEXT NOT NULL,
      status INTEGER NOT NULL,
      q850 INTEGER NOT NULL,
      evidence TEXT NOT NULL,
      answered_by TEXT NOT NULL,
      trace TEXT NOT NULL,
      calls INTEGER NOT NULL,
      tariff_per_min_li INTEGER NOT NULL,
      first_s INTEGER NOT NULL,
      next_s INTEGER NOT NULL,
      caller_dialog BLOB NOT NULL, caller_kind TEXT NOT NULL DEFAULT '', decided TEXT NOT NULL DEFAULT '', asked TEXT NOT NULL DEFAULT '') STRICT;
INSERT INTO "journal" VALUES(2,'019cacb7-9000-7000-8000-000000000002','unicom','c2','','acme','4001234567','013900000000','+8613900000000','江苏','苏州','0512','移动','013900000000',1772416800000,NULL,NULL,0,0,0,0,0,310,0,'server','hung_up',0,0,'none','','',1,310,60,6,X'494E564954452032','mobile','group sales','');
INSERT INTO "journal" VALUES(3,'019cacb7-9000-7000-8000-000000000003','unicom','c3','','acme','4001234567','013900000000','+8613900000000','江苏','苏州','0512','移动','013900000000',1772416800000,NULL,NULL,0,0,0,0,0,310,0,'server','hung_up',0,0,'none','','',1,1005,60,60,X'494E564954452033','mobile','group sales','');
CREATE TABLE journal_answer(
      key INTEGER PRIMARY KEY,
      wall_ms INTEGER NOT NULL,
      mono_ms INTEGER NOT NULL,
      paid_ms INTEGER NOT NULL,
      phone TEXT NOT NULL,
      answer_leg_id TEXT NOT NULL,
      phone_dialog BLOB NOT NULL,
      attempts TEXT NOT NULL) STRICT;
INSERT INTO "journal_answer" VALUES(2,1772416801000,1000,72000,'desk','p2',X'6469616C6F672032','');
CREATE TABLE ledger(
      seq INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      kind TEXT NOT NULL,
      account TEXT NOT NULL,
      reference TEXT NOT NULL,
      amount_li INTEGER NOT NULL,
      balance_after_li INTEGER NOT NULL,
      at_ms INTEGER NOT NULL) STRICT;
INSERT INTO "ledger" VALUES(1,'recharge:acme:r1','recharge','acme','r1',100000,100000,1772416799100);
INSERT INTO "ledger" VALUES(2,'call:019cacb7-9000-7000-8000-000000000001','call_charge','acme','019cacb7-9000-7000-8000-000000000001',-620,99380,1772416799300);
CREATE TABLE month_usage(
      month INTEGER NOT NULL,
      hotline TEXT NOT NULL,
      account TEXT NOT NULL,
      calls INTEGER NOT NULL,
      spent_li INTEGER NOT NULL,
      PRIMARY KEY(month, hotline, account)) STRICT, WITHOUT ROWID;
INSERT INTO "month_usage" VALUES(202603,'4001234567','acme',1,620);
CREATE TABLE note(
      kind TEXT NOT NULL,
      key TEXT NOT NULL,
      value TEXT NOT NULL,
      until_ms INTEGER NOT NULL,
      PRIMARY KEY(kind, key)) STRICT, WITHOUT ROWID;
CREATE INDEX ledger_of_account ON ledger(account, seq, amount_li);
CREATE INDEX cdr_received ON cdr(received_ms);
CREATE TRIGGER ledger_keeps BEFORE UPDATE ON ledger BEGIN SELECT raise(ABORT, 'ledger is append-only'); END;
CREATE TRIGGER ledger_stays BEFORE DELETE ON ledger BEGIN SELECT raise(ABORT, 'ledger is append-only'); END;
CREATE TRIGGER cdr_keeps BEFORE UPDATE ON cdr BEGIN SELECT raise(ABORT, 'cdr is append-only'); END;
CREATE TRIGGER cdr_stays BEFORE DELETE ON cdr BEGIN SELECT raise(ABORT, 'cdr is append-only'); END;
CREATE TRIGGER attempt_keeps BEFORE UPDATE ON attempt BEGIN SELECT raise(ABORT, 'attempt is append-only'); END;
CREATE TRIGGER attempt_stays BEFORE DELETE ON attempt BEGIN SELECT raise(ABORT, 'attempt is append-only'); END;
