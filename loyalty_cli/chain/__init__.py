"""A chain's members on Apache Spark: facts and books as Parquet, replayed where they lie. The only room that knows Spark."""
