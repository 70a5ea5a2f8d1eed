"""Figures over many networks and years, from the tables of several registries side by side: figures.sql, run by DuckDB within this
program or by Apache Spark on a cluster. Usage: national.py duckdb|spark FOLDER [--master URL]; prints CSV."""

import argparse
import csv
import json
import sys
from pathlib import Path

# What columns of a table hold (the types of a Table Schema), for each engine.
TYPES = {
    "string": ("VARCHAR", "STRING"),
    "time": ("VARCHAR", "STRING"),
    "date": ("DATE", "DATE"),
    "year": ("INTEGER", "INT"),
    "integer": ("BIGINT", "BIGINT"),
    "number": ("DOUBLE", "DOUBLE"),
    "boolean": ("BOOLEAN", "BOOLEAN"),
}


def described(folder):
    """The tables that any registry in the folder has: their columns with types, and the ending of their files."""
    tables, endings = {}, set()
    for path in sorted((folder / "_lmnet").glob("*.json")):
        for table in json.loads(path.read_text(encoding="utf-8"))["tables"]:
            endings.add(table["path"].rsplit(".", 1)[1])
            columns = {field["name"]: field["type"] for field in table["schema"]["fields"]}
            if tables.setdefault(table["name"], columns) != columns:
                sys.exit(f"{path}: {table['name']} has other columns than in the registries before it; export all with one lmnet")
    if len(endings) != 1:
        sys.exit(f"{folder}: expected the tables of lmnet export --partition-by year, all csv or all ndjson")
    return tables, endings.pop()


def duckdb_rows(folder, tables, ending, query):
    import duckdb

    connection = duckdb.connect()
    for name, columns in tables.items():
        types = ", ".join(f"'{column}': '{TYPES[kind][0]}'" for column, kind in columns.items())
        place = str(folder / name / "registry=*" / "year=*" / f"*.{ending}").replace("'", "''")
        read = "read_csv" if ending == "csv" else "read_json"
        dialect = "header = true, delim = ',', quote = '\"', escape = '\"', auto_detect = false"
        how = dialect if ending == "csv" else "format = 'newline_delimited'"
        connection.execute(
            f"CREATE VIEW {name_in_sql(name)} AS SELECT * FROM {read}('{place}', {how}, columns = {{{types}}}, "
            "hive_partitioning = true, hive_types = {'registry': 'VARCHAR', 'year': 'INTEGER'})"
        )
    result = connection.execute(query)
    return [column[0] for column in result.description], result.fetchall()


def spark_rows(folder, tables, ending, query, master):
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.appName("lmnet").config("spark.ui.enabled", "false")
    # Names in quotation marks are columns, as in standard SQL.
    builder = builder.config("spark.sql.ansi.enabled", "true").config("spark.sql.ansi.doubleQuotedIdentifiers", "true")
    builder = builder.config("spark.sql.shuffle.partitions", "4")
    # "2024-01" is a name, not a day.
    builder = builder.config("spark.sql.sources.partitionColumnTypeInference.enabled", "false")
    session = (builder.master(master) if master else builder).getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    for name, columns in tables.items():
        types = ", ".join(f"`{column}` {TYPES[kind][1]}" for column, kind in columns.items())
        reader = session.read.schema(f"{types}, registry STRING, year INT")
        place = str(folder / name)
        csv_file = {"header": True, "escape": '"', "multiLine": True}
        frame = reader.csv(place, **csv_file) if ending == "csv" else reader.json(place)
        frame.createOrReplaceTempView(name_in_sql(name))
    result = session.sql(query)
    rows = [tuple(row) for row in result.collect()]
    print(f"executors: {session.sparkContext._jsc.sc().getExecutorMemoryStatus().size() - 1}", file=sys.stderr)
    session.stop()
    return result.columns, rows


def name_in_sql(table):
    return table.replace(".", "_").replace("-", "_")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("engine", choices=["duckdb", "spark"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--master", help="where Spark runs, such as local-cluster[2,1,1024] or spark://HOST:7077")
    parser.add_argument("--query", type=Path, default=Path(__file__).with_name("figures.sql"))
    arguments = parser.parse_args()
    tables, ending = described(arguments.folder)
    query = arguments.query.read_text(encoding="utf-8")
    # Only what the query names, of hundreds of tables.
    tables = {name: columns for name, columns in tables.items() if name_in_sql(name) in query}
    if arguments.engine == "duckdb":
        columns, rows = duckdb_rows(arguments.folder, tables, ending, query)
    else:
        columns, rows = spark_rows(arguments.folder, tables, ending, query, arguments.master)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)


if __name__ == "__main__":
    main()
