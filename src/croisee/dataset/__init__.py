"""The frozen study: freeze, load, verify, read (Parquet through Ibis, on DuckDB or Spark)."""

from croisee.dataset.consent import (
    AgeGroup,
    Assent,
    Consent,
    ConsentScope,
    WhoConsented,
    consent_of,
    consenting_tables,
)
from croisee.dataset.engines import Embedded, Engine, EngineRefused
from croisee.dataset.freezing import FreezeRefused, freeze
from croisee.dataset.frozen import Dataset, load
from croisee.dataset.manifest import DatasetUnreadable
from croisee.dataset.ranks import CASE_RANK, RANKED, SILENT, rank_column, stranger
from croisee.dataset.schema import SCHEMA_VERSION, TABLES, answers_name, answers_schema
from croisee.dataset.spark import Distributed
from croisee.dataset.verification import Damage, verify

__all__ = [
    "CASE_RANK",
    "RANKED",
    "SCHEMA_VERSION",
    "SILENT",
    "TABLES",
    "AgeGroup",
    "Assent",
    "Consent",
    "ConsentScope",
    "Damage",
    "Dataset",
    "DatasetUnreadable",
    "Distributed",
    "Embedded",
    "Engine",
    "EngineRefused",
    "FreezeRefused",
    "WhoConsented",
    "answers_name",
    "answers_schema",
    "consent_of",
    "consenting_tables",
    "freeze",
    "load",
    "rank_column",
    "stranger",
    "verify",
]
