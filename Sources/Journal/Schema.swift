import GRDB

/// The journal's tables.
///
/// A migration that has shipped is never changed: what comes later is another one behind it.
enum Schema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { database in
            // A run of the program. `ended` stays empty where it was cut off.
            try database.execute(
                sql: """
                    CREATE TABLE session (
                        id INTEGER PRIMARY KEY, pid INTEGER NOT NULL, started INTEGER NOT NULL,
                        boot TEXT NOT NULL, began REAL NOT NULL, ended REAL);
                    """)
            // A sketch's text with all its revisions. `place` is where the editor was in it; `shown` the revision
            // whose picture is on screen now.
            try database.execute(
                sql: """
                    CREATE TABLE tree (
                        id INTEGER PRIMARY KEY, path TEXT NOT NULL, session INTEGER NOT NULL,
                        used REAL NOT NULL, place BLOB NOT NULL, sum INTEGER NOT NULL,
                        shown INTEGER, discarded INTEGER NOT NULL DEFAULT 0);
                    CREATE INDEX tree_path ON tree (path, used);
                    CREATE TABLE base (
                        tree INTEGER NOT NULL, stage INTEGER NOT NULL, text BLOB NOT NULL,
                        sum INTEGER NOT NULL, PRIMARY KEY (tree, stage)) WITHOUT ROWID;
                    """)
            // `bytes` hold everything that has no need to be asked for by itself; `sum` is over them.
            try database.execute(
                sql: """
                    CREATE TABLE edit (
                        tree INTEGER NOT NULL, stage INTEGER NOT NULL, node INTEGER NOT NULL,
                        time REAL NOT NULL, bytes BLOB NOT NULL, sum INTEGER NOT NULL,
                        PRIMARY KEY (tree, stage, node)) WITHOUT ROWID;
                    CREATE TABLE revision (
                        tree INTEGER NOT NULL, number INTEGER NOT NULL, bytes BLOB NOT NULL,
                        sum INTEGER NOT NULL, PRIMARY KEY (tree, number)) WITHOUT ROWID;
                    """)
            try database.execute(
                sql: """
                    CREATE TABLE verdict (
                        tree INTEGER NOT NULL, revision INTEGER NOT NULL, name TEXT NOT NULL,
                        detail TEXT NOT NULL, gpu REAL, budget REAL, diagnostics TEXT,
                        judged REAL NOT NULL, shown REAL,
                        PRIMARY KEY (tree, revision)) WITHOUT ROWID;
                    CREATE TABLE mark (
                        tree INTEGER NOT NULL, revision INTEGER NOT NULL,
                        quarantined INTEGER NOT NULL,
                        PRIMARY KEY (tree, revision)) WITHOUT ROWID;
                    """)
        }
        migrator.registerMigration("2") { database in
            // The names of parts that are no stage of the picture. `number` is what the column `stage` has of them in
            // other tables, where numbers below 6 are the six stages.
            try database.execute(
                sql: """
                    CREATE TABLE part (
                        tree INTEGER NOT NULL, number INTEGER NOT NULL, name TEXT NOT NULL,
                        PRIMARY KEY (tree, number)) WITHOUT ROWID;
                    """)
        }
        return migrator
    }

    /// Tables whose rows belong to a tree.
    static let parts = ["part", "base", "edit", "revision", "verdict", "mark"]
}
